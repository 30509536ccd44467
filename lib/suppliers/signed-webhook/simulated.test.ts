import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type PushingOptions, startPushing } from "#simulator/pushing/server.ts";
import { request } from "#simulator/testing/open-simulator.ts";
import type { News, Verdict } from "../inbound.ts";
import type { NewSupplierOrder } from "../port.ts";
import { signedWebhookConfig } from "./config.ts";
import { signedWebhookKind } from "./kind.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const ANY_TIME = { notAfter: new Date("2199-01-01") };

const newOrder = (facts: Partial<NewSupplierOrder> = {}): NewSupplierOrder => ({
  reference: "ref-1",
  items: [{ productId: "card-25", quantity: 2, note: null }],
  isMock: false,
  totalPrice: null,
  currency: "USD",
  ...facts,
});

/** The account on the pushing simulator, whose messages it judges and reads. */
async function open(options: PushingOptions = {}, scheme: "hmac" | "standard" = "hmac") {
  const heard: { verdict: Verdict; news: News | null }[] = [];
  const listener = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const headers = { get: (name: string) => incoming.headers[name]?.toString() ?? null };
    const verdict = account.inbound?.verify(raw, headers, new Date());
    if (verdict) {
      const news = verdict.kind === "verified" ? (account.inbound?.read(raw) ?? null) : null;
      heard.push({ verdict, news });
    }
    response.writeHead(verdict?.kind === "verified" ? 200 : 400).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  const hook = { url, secret: SECRET, scheme };
  const supplier = await startPushing({ completeAfterMs: 1, hook, retryAfterMs: [], ...options });
  const account = signedWebhookKind.connect({
    config: signedWebhookConfig.parse({
      baseUrl: supplier.url,
      currency: "USD",
      paths: {
        order: "/orders/{id}",
        find: "/orders?reference={reference}",
        balance: "/balance",
        catalog: "/products",
      },
      create: { isMock: "test", total: "total" },
      tells: "all",
      guardsReference: true,
      ...(scheme === "standard" && { signature: { scheme: "standard_webhooks" } }),
    }),
    secrets: { apiKey: [supplier.apiKey], webhookSecret: ["an older one", SECRET] },
    now: () => new Date(),
  });
  onTestFinished(async () => {
    await account.supplier.close();
    await supplier.close();
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  });
  const control = (path: string, body: unknown) =>
    request(supplier.controlUrl + path, "POST", body, {});
  return { ...account, heard, control, rule: (rule: unknown) => control("/rules", rule) };
}

test.each(["hmac", "standard"] as const)(
  "an order is told in full, as it is read afterwards (%s)",
  async (scheme) => {
    const { supplier, heard } = await open({}, scheme);
    const created = await supplier.createOrder(newOrder(), ANY_TIME);
    expect(created).toMatchObject({
      kind: "accepted",
      value: { state: "processing", totalPrice: "47.00", currency: "USD", isMock: false },
    });
    await expect.poll(() => heard.length).toBe(2);
    const [, told] = heard;
    const id = created.kind === "accepted" ? created.value.supplierOrderId : "";
    const read = await supplier.getOrder(id);
    expect(read).toMatchObject({
      value: { state: "completed", items: [{ codes: [{ position: 0 }, { position: 1 }] }] },
    });
    expect(told?.news).toMatchObject({
      kind: "order",
      event: "order.fulfilled",
      reference: "ref-1",
      order: read.kind === "accepted" ? read.value : null,
    });
    expect(await supplier.findOrder("ref-1", null)).toMatchObject({
      value: { kind: "order", order: { supplierOrderId: id } },
    });
    expect(await supplier.findOrder("ref-2", null)).toMatchObject({ value: { kind: "none" } });
  },
);

test("a create that is repeated under its reference makes nothing new", async () => {
  const { supplier, rule } = await open();
  await rule({ match: { endpoint: "create", times: 1 }, answer: { loseReply: "after" } });
  expect((await supplier.createOrder(newOrder(), ANY_TIME)).kind).toBe("unknown");
  const found = await supplier.findOrder("ref-1", null);
  const again = await supplier.createOrder(newOrder(), ANY_TIME);
  if (found.kind !== "accepted" || again.kind !== "accepted") throw new Error("no order");
  expect(found.value).toMatchObject({ order: { supplierOrderId: again.value.supplierOrderId } });
});

test.each([
  ["a reference that is used", { onRepeat: "conflict" }, newOrder(), "conflict"],
  ["another price", {}, newOrder({ reference: "ref-2", totalPrice: "1.00" }), "price_changed"],
  [
    "too much for the balance",
    {},
    newOrder({ reference: "ref-2", items: [{ productId: "card-50", quantity: 99, note: null }] }),
    "balance",
  ],
] as const)("refused: %s", async (_, settings, order, as) => {
  const { supplier, control } = await open();
  await supplier.createOrder(newOrder(), ANY_TIME);
  await control("/settings", settings);
  await control("/balance", { available: "1000" });
  expect(await supplier.createOrder(order, ANY_TIME)).toMatchObject({
    kind: "refused",
    refusal: { class: as },
  });
});

test("faults of messages are seen for what they are", async () => {
  const { supplier, rule, control, heard } = await open();
  await rule({ match: { event: "order.created", times: 1 }, message: { wrongSignature: true } });
  await rule({ match: { event: "order.fulfilled", times: 1 }, message: { noCodes: true } });
  await supplier.createOrder(newOrder(), ANY_TIME);
  await expect.poll(() => heard.length).toBe(2);
  expect(heard[0]?.verdict).toEqual({ kind: "refused", why: "bad_signature" });
  expect(heard[1]?.news).toMatchObject({ kind: "order", reference: "ref-1", order: null });

  await rule({ match: { event: "order.created", times: 1 }, message: { unknownReference: true } });
  await rule({ match: { event: "order.fulfilled", times: 1 }, message: { status: "on_hold" } });
  await supplier.createOrder(newOrder({ reference: "ref-2" }), ANY_TIME);
  await expect.poll(() => heard.length).toBe(4);
  expect(heard[2]?.news).toMatchObject({ reference: "nobody-knows-this" });
  expect(heard[3]?.news).toMatchObject({ order: { state: "unknown", word: "on_hold" } });

  await rule({ match: { event: "webhook.test", times: 1 }, message: { junk: true } });
  await control("/test-event", {});
  expect(heard[4]?.news).toMatchObject({ kind: "unreadable" });
});

test("a refund, a test event and a low balance are told", async () => {
  const { supplier, control, heard } = await open({ lowBalanceCents: 249_000 });
  const created = await supplier.createOrder(newOrder(), ANY_TIME);
  const id = created.kind === "accepted" ? created.value.supplierOrderId : "";
  await expect.poll(() => heard.length).toBe(3);
  await control(`/orders/${id}/refund`, {});
  await control("/test-event", {});
  const kinds = heard.map(({ news }) => (news?.kind === "unreadable" ? "" : news?.event));
  expect(kinds.toSorted()).toEqual([
    "balance.low",
    "order.created",
    "order.fulfilled",
    "order.refunded",
    "webhook.test",
  ]);
  const balance = heard.find(({ news }) => news?.kind === "balance")?.news;
  expect(balance).toMatchObject({ currency: "USD", available: "2453.00" });
  expect(await supplier.getBalances()).toMatchObject({
    value: [{ currency: "USD", available: "2500.00", reserved: "0.00" }],
  });
  expect(await supplier.getOrder(id)).toMatchObject({ value: { state: "refunded" } });
});

test("the catalogue is one category, and mock orders are marked", async () => {
  const { supplier } = await open();
  const categories = await supplier.listCategories(null);
  expect(categories).toMatchObject({ value: { items: [{ id: "all" }], next: null } });
  const products = await supplier.listProducts("all", null);
  expect(products).toMatchObject({ kind: "accepted", value: { next: null } });
  expect(await supplier.getProduct("topup")).toMatchObject({
    value: { id: "topup", price: "5.00", currency: "USD", isService: true },
  });
  expect(await supplier.getProduct("none")).toMatchObject({ refusal: { class: "not_found" } });
  const mock = await supplier.createOrder(newOrder({ isMock: true }), ANY_TIME);
  expect(mock).toMatchObject({ value: { isMock: true } });
});
