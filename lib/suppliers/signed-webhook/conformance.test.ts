import { createHmac } from "node:crypto";
import { describeConformance } from "../conformance/describe-conformance.fixture.ts";
import { KEY, ORDER_ID, REFERENCE, type Subject } from "../conformance/subject.fixture.ts";
import type { Json } from "../port.ts";
import { type SignedWebhookInput, signedWebhookConfig } from "./config.ts";
import { connectSignedWebhook } from "./connect.ts";
import { signedWebhookKind } from "./kind.ts";

const SECRET = "a-secret-of-the-supplier";

const input = (baseUrl: string, more: Partial<SignedWebhookInput>): SignedWebhookInput => ({
  baseUrl,
  currency: "USD",
  products: [{ sku: "product_1", name: "Card", price: "1.50" }],
  ...more,
});

const orderJson: Subject["order"] = ({ word, codes, id = ORDER_ID, reference = REFERENCE }) => ({
  order_id: id,
  reference,
  status: word,
  items: [{ sku: "product_1", quantity: 1, codes: codes.map((code) => ({ code, pin: "4711" })) }],
  note_to_us: `${codes.join(" ")} ${KEY}`,
  reason: codes.map((code) => `here is ${code}`).join(" "),
});

function subject(
  name: string,
  more: Partial<SignedWebhookInput>,
  facts: Partial<Subject>,
): Subject {
  const parsed = (baseUrl: string) => signedWebhookConfig.parse(input(baseUrl, more));
  const { inbound } = signedWebhookKind.connect({
    config: parsed("http://127.0.0.1:1"),
    secrets: { apiKey: [KEY], webhookSecret: [SECRET] },
    now: () => new Date(),
  });
  return {
    name,
    connect: (baseUrl, { deadlineMs, now }) =>
      connectSignedWebhook({
        config: parsed(baseUrl),
        apiKey: KEY,
        webhookSecrets: [SECRET],
        timeouts: { connectMs: 1_000, readMs: deadlineMs, writeMs: deadlineMs },
        now,
      }),
    newOrder: {
      reference: REFERENCE,
      items: [{ productId: "product_1", quantity: 1, note: null }],
      isMock: false,
      totalPrice: "1.50",
      currency: "USD",
    },
    words: {
      processing: "pending",
      completed: "fulfilled",
      failed: "failed",
      cancelled: "cancelled",
      refunded: "refunded",
    },
    order: orderJson,
    refusal: { status: 402, body: { error: { code: "insufficient_balance", message: KEY } } },
    ...(inbound && {
      push: {
        inbound,
        message: (told) => {
          const event = {
            event: "order.fulfilled",
            event_id: "e-1",
            data: orderJson(told) as Json,
          };
          const raw = Buffer.from(JSON.stringify(event, null, 1));
          const hmac = createHmac("sha256", SECRET).update(raw).digest("hex");
          return { raw, headers: { "x-signature": `sha256=${hmac}` } };
        },
      },
    }),
    ...facts,
  };
}

describeConformance(
  subject(
    "signed_webhook, told in full, found by reference",
    {
      paths: { order: "/orders/{id}", find: "/orders?reference={reference}", balance: "/balance" },
      create: { isMock: "test" },
      tells: "all",
      guardsReference: true,
    },
    { found: { of: (orders) => ({ orders }), none: { status: 200, body: { orders: [] } } } },
  ),
);

describeConformance(subject("signed_webhook, never read", { tells: "all", paths: {} }, {}));

describeConformance(
  subject(
    "signed_webhook, hints, found by path",
    { paths: { order: "/orders/{id}", find: "/by-reference/{reference}" } },
    {
      found: {
        of: (orders) => orders[0] ?? null,
        none: { status: 404, body: { error: { code: "ORDER_NOT_FOUND", message: "none" } } },
      },
    },
  ),
);

describeConformance(
  subject(
    "signed_webhook, polled alone",
    { paths: { order: "/orders/{id}" }, signature: null },
    {},
  ),
);
