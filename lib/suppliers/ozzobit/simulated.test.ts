import { expect, test } from "vitest";
import type { Json } from "../port.ts";
import { mapOrder } from "./map-order.ts";
import { limits, newOrder, openOzzobit, PRODUCT, REFERENCE } from "./ozzobit.fixture.ts";

test("an order is created under our reference, read, listed and found", async () => {
  const { world, supplier } = await openOzzobit();
  const created = await supplier.createOrder(newOrder(), limits);
  expect(created).toMatchObject({
    kind: "accepted",
    value: { state: "awaiting_payment", word: "CREATED", isMock: null },
  });
  const [order] = world.book.all();
  expect(order).toMatchObject({
    partnerOrderId: REFERENCE,
    fiatAmount: 21,
    fiatCurrency: "USD",
    walletAddress: "T-wallet-1",
  });
  const id = order?.id ?? "";

  world.book.setStatus(id, "COMPLETED");
  const read = await supplier.getOrder(id);
  expect(read).toMatchObject({
    kind: "accepted",
    value: {
      supplierOrderId: id,
      state: "completed",
      totalPrice: "21",
      currency: "USD",
      items: [
        { productId: PRODUCT.id, quantity: 2, note: { walletAddress: "T-wallet-1" }, codes: [] },
      ],
    },
  });
  expect(await supplier.listOrders(null)).toMatchObject({
    kind: "accepted",
    value: { items: [{ supplierOrderId: id }], next: null },
  });
  expect(await supplier.findOrder(REFERENCE, null)).toMatchObject({
    kind: "accepted",
    value: { kind: "order", order: { supplierOrderId: id } },
  });
  expect(await supplier.findOrder("019a9f5e-1c3a-7000-8000-000000000002", null)).toMatchObject({
    kind: "accepted",
    value: { kind: "none" },
  });
});

test("wallets and payment pages are masked in what is kept of an answer", async () => {
  const { supplier } = await openOzzobit();
  const created = await supplier.createOrder(newOrder(), limits);
  const id = created.kind === "accepted" ? created.value.supplierOrderId : "";
  const read = await supplier.getOrder(id);
  const kept = JSON.stringify(
    [created, read].map((one) => one.kind === "accepted" && one.value.redacted),
  );
  expect(kept).not.toContain("T-wallet-1");
  expect(kept).not.toContain("pay.example.com");
  expect(kept).toContain(id);
});

test("the payment page goes by a field of its own, where it is one that a person may be sent to", async () => {
  const { supplier, config } = await openOzzobit();
  const created = await supplier.createOrder(newOrder(), limits);
  const id = created.kind === "accepted" ? created.value.supplierOrderId : "";
  expect(created).toMatchObject({ value: { paymentUrl: `https://pay.example.com/${id}` } });
  const told = (paymentUrl: unknown) => {
    const answer = { id, status: "CREATED", paymentUrl, reason: `pay at ${paymentUrl}` } as Json;
    return mapOrder(answer, { config, secrets: ["a-secret-of-ours"] });
  };
  for (const no of ["javascript:alert(1)", "http://pay.example.com/1", 7, null, undefined]) {
    expect(told(no)?.paymentUrl).toBeNull();
  }
  expect(told("https://pay.example.com/?by=a-secret-of-ours")?.paymentUrl).toBeNull();
  const cancelled = told("https://pay.example.com/1");
  expect(JSON.stringify(cancelled?.redacted)).not.toContain("pay.example.com");
});

test("what can't be ordered is refused before anything is sent", async () => {
  const { world, supplier } = await openOzzobit();
  const [item] = newOrder().items;
  if (!item) throw new Error("no item");
  const wrong = [
    { ...newOrder(), isMock: true },
    { ...newOrder(), currency: "EUR" },
    { ...newOrder(), items: [item, item] },
    { ...newOrder(), items: [{ ...item, productId: "gone" }] },
    { ...newOrder(), items: [{ ...item, note: null }] },
  ];
  for (const order of wrong) {
    expect(await supplier.createOrder(order, limits)).toMatchObject({
      kind: "refused",
      refusal: { class: "validation" },
      timing: { firstByteAt: null },
    });
  }
  expect(world.requests).toEqual([]);
});

test("the account's list is its catalogue, and there is neither a payment nor a balance", async () => {
  const { supplier, world } = await openOzzobit();
  const categories = await supplier.listCategories(null);
  const category = categories.kind === "accepted" ? categories.value.items[0]?.id : undefined;
  expect(await supplier.listProducts(category ?? "", null)).toMatchObject({
    value: { items: [{ id: PRODUCT.id, price: "10.50", isService: true }], next: null },
  });
  expect(await supplier.getProduct(PRODUCT.id)).toMatchObject({ kind: "accepted" });
  expect(await supplier.getProduct("gone")).toMatchObject({ refusal: { class: "not_found" } });
  expect(await supplier.payOrder("x", limits)).toMatchObject({ refusal: { code: "not_offered" } });
  expect(await supplier.getBalances()).toMatchObject({ refusal: { code: "not_offered" } });
  expect(world.requests).toEqual([]);
});

test("a long list is read page by page, to its end and no further", async () => {
  const { supplier, world } = await openOzzobit();
  for (let at = 0; at < 205; at++) world.book.create({ ...wanted, partnerOrderId: `r-${at}` });
  const seen = new Set<string>();
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page = await supplier.listOrders(cursor);
    if (page.kind !== "accepted") throw new Error("no page");
    for (const { supplierOrderId } of page.value.items) seen.add(supplierOrderId);
    cursor = page.value.next;
    pages++;
  } while (cursor !== null);
  expect([seen.size, pages]).toEqual([205, 3]);
});

test("a token is asked for once, kept, and renewed five minutes before its end", async () => {
  let at = Date.now();
  const { supplier, world } = await openOzzobit({ signIn: "token" }, {}, () => new Date(at));
  await supplier.listOrders(null);
  await Promise.all([supplier.listOrders(null), supplier.listOrders(null)]);
  expect(asked(world)).toEqual(["token", "list", "list", "list"]);
  at += 9 * 60_000;
  await supplier.listOrders(null);
  expect(asked(world).filter((name) => name === "token")).toHaveLength(1);
  at += 2 * 60_000;
  await supplier.listOrders(null);
  expect(asked(world).filter((name) => name === "token")).toHaveLength(2);
});

test("a call makes one request: what was signed with a token that has ended is refused, and signing in is due", async () => {
  const { supplier, world } = await openOzzobit({ signIn: "token" });
  await supplier.listOrders(null);
  expect(supplier.signIn?.isDue()).toBe(false);
  world.keys.tokens.clear();
  const { length } = asked(world);
  expect(await supplier.listOrders(null)).toMatchObject({
    kind: "refused",
    refusal: { class: "transient", httpStatus: 401 },
  });
  expect(asked(world).slice(length)).toEqual(["list"]);
  expect(supplier.signIn?.isDue()).toBe(true);
  expect(await supplier.listOrders(null)).toMatchObject({ kind: "accepted" });
});

test("a token that is refused when it is new is no token that has ended: the key is", async () => {
  const { supplier, world } = await openOzzobit({ signIn: "token" });
  world.faults.http = { endpoint: "list", times: 1, status: 401, body: "{}", headers: {} };
  expect(await supplier.listOrders(null)).toMatchObject({ refusal: { class: "auth" } });
});

test("a create whose token has ended is not made twice: it had no effect, and the next one has a new token", async () => {
  const { supplier, world } = await openOzzobit({ signIn: "token" });
  await supplier.listOrders(null);
  world.keys.tokens.clear();
  expect(await supplier.createOrder(newOrder(), limits)).toMatchObject({
    kind: "refused",
    refusal: { class: "transient", httpStatus: 401 },
  });
  expect(asked(world).filter((name) => name === "create")).toHaveLength(1);
  expect(await supplier.createOrder(newOrder(), limits)).toMatchObject({ kind: "accepted" });
  expect(world.book.all()).toHaveLength(1);
});

test.each([
  ["refused", { status: 401 }, "auth"],
  ["told to wait", { status: 429, headers: { "retry-after": "7" } }, "rate_limited"],
  ["broken", { status: 503 }, "transient"],
  ["lost", { loseReply: "after" as const }, "transient"],
])("without a token nothing is sent: %s", async (_, fault, refusal) => {
  const { supplier, world } = await openOzzobit({ signIn: "token" });
  const rest = { body: '{"message":"no"}', headers: {}, times: 1, ...fault };
  world.faults.http = { endpoint: "token", ...rest };
  expect(await supplier.createOrder(newOrder(), limits)).toMatchObject({
    kind: "refused",
    refusal: { class: refusal },
    timing: { firstByteAt: null },
  });
  expect(asked(world)).toEqual(["token"]);
});

test("a create whose answer is lost is unknown, and is found by its reference", async () => {
  const { supplier, world } = await openOzzobit();
  const fault = { body: "", headers: {}, times: 1, loseReply: "after" as const };
  world.faults.http = { endpoint: "create", ...fault };
  expect(await supplier.createOrder(newOrder(), limits)).toMatchObject({ kind: "unknown" });
  expect(await supplier.findOrder(REFERENCE, null)).toMatchObject({
    kind: "accepted",
    value: { kind: "order", order: { state: "awaiting_payment" } },
  });
});

test("neither key, secret nor token is repeated", async () => {
  const { supplier, world } = await openOzzobit({ signIn: "token" });
  await supplier.listOrders(null);
  const [token = ""] = world.keys.tokens.keys();
  const { apiKey, apiSecret } = world.keys;
  const body = JSON.stringify({ message: `no: ${token} ${apiSecret}` });
  world.faults.http = { endpoint: "get", times: 1, status: 403, body, headers: {} };
  const refused = JSON.stringify(await supplier.getOrder("oz-1"));
  expect(refused).toContain("no: ");
  for (const secret of [token, apiSecret, apiKey]) {
    if (secret.length >= 8) expect(refused).not.toContain(secret);
  }
});

const wanted = {
  productsAvailed: "BUY",
  cryptoCurrency: "USDT",
  network: "tron",
  fiatCurrency: "USD",
  fiatAmount: 10.5,
  walletAddress: null,
};

const asked = (world: { requests: { endpoint: string }[] }): string[] =>
  world.requests.map(({ endpoint }) => endpoint);
