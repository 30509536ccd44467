import { signedMessage } from "../../../simulator/ozzobit/webhook.ts";
import { describeConformance } from "../conformance/describe-conformance.fixture.ts";
import { json, NOW } from "../conformance/script.fixture.ts";
import { signingIn } from "../conformance/signing-in.fixture.ts";
import { KEY, ORDER_ID, REFERENCE, type Subject } from "../conformance/subject.fixture.ts";
import { type OzzobitConfig, ozzobitConfig } from "./config.ts";
import { connectOzzobit } from "./connect.ts";
import { ozzobitInbound } from "./inbound.ts";

const SECRET = "a-secret-of-the-supplier-itself-32";

const order: Subject["order"] = ({ word, id = ORDER_ID, reference = REFERENCE }) => ({
  id,
  partnerOrderId: reference,
  status: word,
  reason: `said with ${KEY}`,
  paymentUrl: `https://pay.example.com/?key=${KEY}`,
});

function subject(name: string, signIn: OzzobitConfig["signIn"], form: "plain" | "aes"): Subject {
  const configAt = (baseUrl: string) =>
    ozzobitConfig.parse({
      baseUrl,
      signIn,
      products: [
        {
          id: "product_1",
          name: "USDT",
          cryptoCurrency: "USDT",
          network: "tron",
          fiatAmount: "1.50",
          asksForWallet: false,
        },
      ],
    });
  return {
    name,
    connect: (baseUrl, { deadlineMs, now }) =>
      signingIn(
        connectOzzobit({
          config: configAt(baseUrl),
          apiKey: KEY,
          apiSecret: KEY,
          pushes: true,
          timeouts: { connectMs: 1_000, readMs: deadlineMs, writeMs: deadlineMs },
          now,
        }),
      ),
    newOrder: {
      reference: REFERENCE,
      items: [{ productId: "product_1", quantity: 1, note: null }],
      isMock: false,
      totalPrice: "1.50",
      currency: "USD",
    },
    words: {
      awaiting_payment: "AWAITING_PAYMENT_FROM_USER",
      paid: "CRYPTO_DEPOSIT_RECEIVED",
      processing: "PENDING_DELIVERY",
      completed: "COMPLETED",
      failed: "FAILED",
      cancelled: "CANCELLED",
    },
    order,
    // It is searched for in the list: a page that isn't the last leaves open whether it is there.
    found: {
      of: (orders) => ({ data: orders, pagination: { currentPage: 1, totalPages: 9 } }),
      none: { status: 200, body: { data: [], pagination: { currentPage: 1, totalPages: 0 } } },
    },
    refusal: { status: 400, body: { code: "INSUFFICIENT_BALANCE", message: `no: ${KEY}` } },
    before: (request) =>
      request.startsWith("POST /api/v2/auth/token ")
        ? json(200, { token: "a-token-for-the-test", expiresIn: 900 })
        : null,
    push: {
      inbound: ozzobitInbound(configAt("http://127.0.0.1:1"), [SECRET]),
      message: (facts) => {
        const content = {
          eventName: "ORDER_COMPLETED",
          data: order(facts),
          timestamp: NOW.toISOString(),
        };
        const { body, headers } = signedMessage(content, SECRET, { form, wrongSignature: false });
        return {
          raw: Buffer.from(body),
          headers: { "x-ozzobit-signature": headers["x-OZZOBiT-signature"] ?? "" },
        };
      },
    },
  };
}

describeConformance(subject("ozzobit, by its secret key, plain messages", "secret_key", "plain"));
describeConformance(subject("ozzobit, by a token, encrypted messages", "token", "aes"));
