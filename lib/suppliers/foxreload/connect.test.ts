import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { limits } from "../http/limits.ts";
import { answer, type RawServer, startRawServer } from "../http/raw-server.fixture.ts";
import type { NewSupplierOrder, SendLimits, Supplier } from "../port.ts";
import { connectFoxreload } from "./connect.ts";

const NEW_ORDER: NewSupplierOrder = {
  reference: "0199-a-reference",
  items: [
    { productId: "product_a", quantity: 2, note: null },
    { productId: "product_b", quantity: 1, note: { login: "नमस्ते", server: 3 } },
  ],
  isMock: true,
  totalPrice: "12.5000",
  currency: "EUR",
};

const ANY_TIME: SendLimits = { notAfter: new Date("2199-01-01") };

let server: RawServer;
let supplier: Supplier;
/** Body of the next answers. */
let body = "";
let holdBack = async (): Promise<void> => undefined;

beforeEach(async () => {
  body = '{"id":"o-1","status":"active"}';
  holdBack = async () => undefined;
  server = await startRawServer(async (socket) => {
    await holdBack();
    socket.write(answer(200, body));
  });
  supplier = connectFoxreload({
    baseUrl: `${server.baseUrl}/prefix/`,
    apiKey: "key-1",
    currency: "usd",
  });
});

afterEach(async () => {
  await supplier.close();
  await server.close();
});

function lastRequest() {
  const request = server.requests.at(-1) ?? "";
  const [head = "", sent = ""] = request.split("\r\n\r\n");
  const [line = "", ...headers] = head.split("\r\n");
  const named = headers.map((header) => header.split(": ") as [string, string]);
  return {
    line,
    headers: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(sent, "latin1").toString("utf8"),
  };
}

describe("what is sent", () => {
  test("a new order", async () => {
    await supplier.createOrder(NEW_ORDER, ANY_TIME);
    const request = lastRequest();
    expect(request.line).toBe("POST /prefix/api/orders/ HTTP/1.1");
    expect(request.headers).toMatchObject({
      "x-api-key": "key-1",
      "x-currency": "eur",
      "x-language": "en",
      accept: "application/json",
      "accept-encoding": "identity",
      "content-type": "application/json",
      connection: "close",
    });
    expect(JSON.parse(request.body)).toEqual({
      items: [
        { itemId: "product_a", quantity: 2 },
        { itemId: "product_b", quantity: 1, note: { login: "नमस्ते", server: 3 } },
      ],
      isMock: true,
      totalPrice: "12.5000",
    });
  });

  test("without a price guard the field is left out", async () => {
    await supplier.createOrder({ ...NEW_ORDER, totalPrice: null }, ANY_TIME);
    expect(JSON.parse(lastRequest().body)).not.toHaveProperty("totalPrice");
  });

  test("a payment", async () => {
    await supplier.payOrder("o/1 ?", ANY_TIME);
    expect(lastRequest()).toMatchObject({
      line: "POST /prefix/api/orders/o%2F1%20%3F/pay HTTP/1.1",
      body: "{}",
    });
  });

  test.each([
    ["getOrder", () => supplier.getOrder("o-1"), "/prefix/api/orders/o-1"],
    ["getProduct", () => supplier.getProduct("product_1"), "/prefix/api/products/product_1"],
    ["getBalances", () => supplier.getBalances(), "/prefix/api/access/me/balances/"],
    [
      "listCategories",
      () => supplier.listCategories(null),
      "/prefix/api/categories/?limit=200&offset=0",
    ],
    [
      "listCategories on",
      () =>
        supplier.listCategories(JSON.stringify({ ids: [], at: -1, whole: true, place: "c:a b&" })),
      "/prefix/api/categories/?limit=200&cursor=a+b%26",
    ],
    ["listOrders", () => supplier.listOrders(null), "/prefix/api/orders/?limit=50&offset=0"],
    [
      "listOrders on",
      () => supplier.listOrders("o:45:50:o-1"),
      "/prefix/api/orders/?limit=50&offset=45",
    ],
    [
      "listOrders by cursor",
      () => supplier.listOrders("c:a b&"),
      "/prefix/api/orders/?limit=50&cursor=a+b%26",
    ],
    [
      "listProducts",
      () => supplier.listProducts("c/1", "o:400"),
      "/prefix/api/products/?category_id_or_slug=c%2F1&limit=200&offset=400",
    ],
  ])("%s", async (_, call, path) => {
    await call();
    const request = lastRequest();
    expect(request.line).toBe(`GET ${path} HTTP/1.1`);
    expect(request.headers).toMatchObject({
      "x-api-key": "key-1",
      "x-currency": "usd",
      connection: "keep-alive",
    });
    expect(request.headers).not.toHaveProperty("content-type");
  });
});

describe("connections", () => {
  test("reads share them, each write opens its own", async () => {
    for (let reads = 0; reads < 20; reads++) await supplier.getOrder("o-1");
    // Two, because a connection is free again only a moment after its answer is complete.
    const forReads = server.connections();
    expect(forReads).toBeLessThanOrEqual(2);
    await supplier.createOrder(NEW_ORDER, ANY_TIME);
    await supplier.payOrder("o-1", ANY_TIME);
    expect(server.connections()).toBe(forReads + 2);
  });

  test("no more reads at once than sockets for them, and none is lost", async () => {
    const outcomes = await Promise.all(Array.from({ length: 300 }, () => supplier.getOrder("o-1")));
    expect(outcomes.every(({ kind }) => kind === "accepted")).toBe(true);
    expect(server.connections()).toBeLessThanOrEqual(limits.readConnections);
  });

  test("closing waits for a write in flight", async () => {
    let release = (): void => undefined;
    let closed = false;
    const arrived = new Promise<void>((hasArrived) => {
      holdBack = () => {
        hasArrived();
        return new Promise((resolve) => {
          release = resolve;
        });
      };
    });
    const writing = supplier.createOrder(NEW_ORDER, ANY_TIME);
    const closing = supplier.close().then(() => {
      closed = true;
    });
    await arrived;
    expect(closed).toBe(false);
    release();
    expect(await writing).toMatchObject({ kind: "accepted" });
    await closing;
  });
});

describe("what is never sent", () => {
  test.each(["", ".", "..", "a\nb", "a\0b", "\ud800", "x".repeat(201)])("id %j", async (id) => {
    const pay = (of: string) => supplier.payOrder(of, ANY_TIME);
    for (const call of [supplier.getOrder, pay, supplier.getProduct]) {
      expect(await call(id)).toMatchObject({
        kind: "refused",
        refusal: { class: "validation", httpStatus: null },
      });
    }
    expect(server.connections()).toBe(0);
  });

  test.each(["", "x", "o:-1", "o:1e3", "c:", "o:9999999999999"])(
    "list position %j",
    async (cursor) => {
      for (const list of [supplier.listCategories, supplier.listOrders]) {
        expect(await list(cursor)).toMatchObject({
          kind: "refused",
          refusal: { class: "validation" },
          timing: { firstByteAt: null, supplierClock: null },
        });
      }
      expect(server.connections()).toBe(0);
    },
  );

  test("a currency that could break out of its header", async () => {
    const outcome = await supplier.createOrder(
      { ...NEW_ORDER, currency: "usd\r\nx-evil: 1" },
      ANY_TIME,
    );
    expect(outcome).toMatchObject({ kind: "refused", refusal: { class: "validation" } });
    expect(server.connections()).toBe(0);
  });

  test.each([
    [{ baseUrl: "ftp://x" }, "https://"],
    [{ baseUrl: "no address" }, "https://"],
    [{ baseUrl: "https://me:secret@x" }, "sign-in"],
    [{ baseUrl: "https://x/?a=1" }, "query"],
    [{ apiKey: "" }, "API key"],
    [{ apiKey: "key\r\nx: 1" }, "API key"],
    [{ currency: "dollars and cents" }, "currency"],
  ])("with an account like %j", (wrong, sentence) => {
    const account = { baseUrl: "https://x", apiKey: "k", currency: "USD", ...wrong };
    expect(() => connectFoxreload(account)).toThrow(sentence);
  });
});

describe("reads", () => {
  test("balances, from an array or an envelope", async () => {
    const rows = [
      { currency: "usd", available: "10.50", reserved: "1", pending: 2.25 },
      { currency: "USDT", available: -3 },
      { currency: "rub", available: "a lot" },
      "junk",
    ];
    const value = [
      { currency: "USD", available: "10.50", reserved: "1", pending: "2.25" },
      { currency: "USDT", available: "-3", reserved: "0", pending: "0" },
    ];
    for (const sent of [rows, { items: rows }, { data: rows }, { data: { results: rows } }]) {
      body = JSON.stringify(sent);
      expect(await supplier.getBalances()).toMatchObject({ kind: "accepted", value });
    }
    body = "[]";
    expect(await supplier.getBalances()).toMatchObject({ kind: "accepted", value: [] });
    for (const wrong of ["{}", '{"id":"x","items":[]}', '["junk"]', '[{"currency":"usd"}]']) {
      body = wrong;
      expect(await supplier.getBalances()).toMatchObject({ kind: "unknown", httpStatus: 200 });
    }
  });

  test("a product under another id is not the one asked for", async () => {
    body = '{"id":"product_2","price":"1"}';
    expect(await supplier.getProduct("product_1")).toMatchObject({ kind: "unknown" });
    expect(await supplier.getProduct("product_2")).toMatchObject({
      kind: "accepted",
      value: { id: "product_2", price: "1", currency: "USD" },
    });
  });

  test("lists may be larger than single answers", async () => {
    const row = { id: "c-1", name: "n", description: "x".repeat(2 * 1024 * 1024) };
    body = JSON.stringify({ items: [row], nextCursor: "abc" });
    expect(await supplier.listCategories(null)).toMatchObject({
      kind: "accepted",
      value: { items: [{ id: "c-1" }], next: expect.stringContaining('"place":"c:abc"') },
    });
    body = JSON.stringify({ items: [row, row, row] });
    expect(await supplier.listCategories(null)).toMatchObject({ kind: "unknown" });
  });
});
