import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createProduct, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Ask, ask, keyWith, serveApi, settled } from "./api.fixture.ts";

const { db, url: databaseUrl, drop } = await createTestDatabase();
// The supplier takes nothing for now: orders stay where they were placed.
const busy = { class: "transient", code: null, detail: "busy", httpStatus: 503 } as const;
const ctx = await testContext(
  db,
  scriptedSupplier({ createOrder: async () => ({ kind: "refused", refusal: busy }) }),
);
const api = await serveApi(ctx, databaseUrl);
afterAll(async () => {
  await api.close();
  await drop();
});

const shop = await keyWith(ctx);
let product: Awaited<ReturnType<typeof createProduct>>;
let number = 0;

beforeEach(async () => {
  product = await createProduct(db, ctx.account.id);
});

const body = (facts: object = {}) => ({
  items: [{ itemId: product.externalId, quantity: 1 }],
  customerRef: "shop-1",
  ...facts,
});

async function place(facts: object = {}, idempotencyKey = `key-${++number}`, asked: Ask = {}) {
  const headers = { "idempotency-key": idempotencyKey, ...asked.headers };
  return ask(api.url, shop.key, "/orders", {
    method: "POST",
    body: body(facts),
    ...asked,
    headers,
  });
}

const count = () =>
  db.order.count({ where: { items: { some: { externalId: product.externalId } } } });

describe("POST /orders", () => {
  it("places an order and answers with it", async () => {
    const reply = await place({ maxTotalPrice: "4.75" });
    expect(reply.status).toBe(201);
    expect(reply.json).toMatchObject({
      status: "submitting",
      isFinal: false,
      supplierOrderId: null,
      customerRef: "shop-1",
      agreedTotal: "4.75",
      currency: "USD",
      isMock: false,
      items: [{ itemId: product.externalId, quantity: 1, unitPrice: "4.75", codes: 0 }],
    });
    expect(reply.headers["ratelimit-policy"]).toBe('"key";q=100000;w=60');
    expect(reply.headers.ratelimit).toMatch(/^"key";r=\d+;t=\d+$/);
    expect(await db.order.findUniqueOrThrow({ where: { id: reply.json.id } })).toMatchObject({
      actorKind: "key",
      actorId: shop.id,
      actorName: "shop",
    });
  });

  it("gives the same answer for the same key for ever, whatever has become of order and price", async () => {
    const first = await place({}, "same");
    await db.product.update({ where: { id: product.id }, data: { price: "9.99" } });
    await db.order.update({ where: { id: first.json.id }, data: { customerRef: "renamed" } });
    const again = await place({}, "same");
    expect(again.status).toBe(200);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect(again.json).toEqual(first.json);
    // In the draft's quotes it is the same key.
    expect((await place({}, '"same"')).json).toEqual(first.json);
    expect(await count()).toBe(1);
  });

  it("knows the same body however it is spelt, and refuses another", async () => {
    const first = await place({}, "spelt");
    const raw = `{ "customerRef":"shop-1", "items":[ {"quantity":1,"itemId":"${product.externalId}"} ] }`;
    expect((await place({}, "spelt", { raw })).json).toEqual(first.json);
    const other = await place({ customerRef: "shop-2" }, "spelt");
    expect(other.status).toBe(409);
    expect(other.json.code).toBe("idempotency_key_reused");
    expect(await count()).toBe(1);
  });

  it("belongs to its API key: another shop's same key is another order", async () => {
    const first = await place({}, "shared");
    const other = await keyWith(ctx);
    const second = await ask(api.url, other.key, "/orders", {
      method: "POST",
      body: body(),
      headers: { "idempotency-key": "shared" },
    });
    expect(second.status).toBe(201);
    expect(second.json.id).not.toBe(first.json.id);
  });

  it("makes one order of 50 that come at once, and tells the others to come again", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => place({}, "fifty")));
    expect(await count()).toBe(1);
    const placed = replies.filter(({ status }) => status === 201);
    expect(placed).toHaveLength(1);
    for (const { status, json, headers } of replies) {
      if (status === 409) {
        expect(json.code).toBe("idempotency_key_in_use");
        expect(Number(headers["retry-after"])).toBeGreaterThan(0);
      } else expect(json).toEqual(placed[0]?.json);
    }
    expect((await place({}, "fifty")).json).toEqual(placed[0]?.json);
  });

  it("makes 50 orders of 50 keys, for the same goods and customer", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => place({}, `many-${n}`)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 201));
    expect(await count()).toBe(50);
  });

  it("finds the order of a process that died before it wrote its answer down", async () => {
    const first = await place({}, "crash");
    await db.apiRequest.updateMany({
      where: { key: "crash" },
      data: { status: null, answer: Prisma.DbNull, lockedUntil: new Date(Date.now() + 60_000) },
    });
    expect((await place({}, "crash")).json.code).toBe("idempotency_key_in_use");
    await db.apiRequest.updateMany({ where: { key: "crash" }, data: { lockedUntil: new Date(0) } });
    // The price has moved meanwhile: what was asked for is still the same.
    await db.product.update({ where: { id: product.id }, data: { price: "8.00" } });
    const again = await place({}, "crash");
    expect(again.status).toBe(200);
    expect(again.json).toEqual(first.json);
    expect(await count()).toBe(1);
  });

  it("places the order that a process died before", async () => {
    const first = await place({}, "template");
    await db.$executeRaw`insert into api_requests (api_key_id, key, fingerprint, created_at, locked_until)
      select api_key_id, 'died', fingerprint, now(), now() - interval '1 second' from api_requests where key = 'template'`;
    const again = await place({}, "died");
    expect(again.status).toBe(201);
    expect(again.json.id).not.toBe(first.json.id);
  });

  it("guards the price, and keeps that refusal", async () => {
    const refused = await place({ maxTotalPrice: "4.74" }, "dear");
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({
      code: "price_above_maximum",
      total: "4.75",
      maxTotalPrice: "4.74",
      currency: "USD",
      type: "https://ops.keyhold.example/api/v1/reference#problem-price_above_maximum",
    });
    await db.product.update({ where: { id: product.id }, data: { price: "4.00" } });
    const again = await place({ maxTotalPrice: "4.74" }, "dear");
    expect(again.json).toEqual(refused.json);
    expect(await count()).toBe(0);
    expect((await place({ maxTotalPrice: "4.74" })).status).toBe(201);
  });

  it("keeps nothing of a refusal that passes by itself", async () => {
    const pause = { orderingPausedWhy: "A test", orderingPausedBy: "Asha Rao" };
    const until = new Date(Date.now() + 3_600_000);
    await db.supplier.updateMany({ data: { orderingPausedUntil: until, ...pause } });
    const refused = await place({}, "paused");
    expect(refused.status).toBe(503);
    expect(refused.json.code).toBe("ordering_paused");
    expect(refused.headers["retry-after"]).toBe("60");
    await db.supplier.updateMany({
      data: { orderingPausedUntil: null, orderingPausedWhy: null, orderingPausedBy: null },
    });
    expect((await place({}, "paused")).status).toBe(201);
  });

  it("refuses what was ordered just now only where it is asked to", async () => {
    const first = await place();
    const refused = await place({ refuseSimilar: true });
    expect(refused.json).toMatchObject({ code: "similar_order", orders: [first.json.id] });
    expect((await place()).status).toBe(201);
  });

  it("keeps to the day's limit of its key", async () => {
    const poor = await keyWith(ctx, ["orders:write"], { spendPerDay: { USD: "10" } });
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        ask(api.url, poor.key, "/orders", {
          method: "POST",
          body: body(),
          headers: { "idempotency-key": `poor-${n}` },
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(results.find(({ status }) => status === 409)?.json).toMatchObject({
      code: "spend_limit_reached",
      currency: "USD",
    });
  });

  it.each([
    ["unknown_product", { items: [{ itemId: "product_none", quantity: 1 }] }, "#/items/0/itemId"],
    ["quantity_out_of_range", { quantity: 100_000 }, "#/items/0/quantity"],
    ["out_of_stock", { quantity: 7 }, "#/items/0/quantity"],
    ["note_invalid", { noted: true }, "#/items/0/note/login"],
    ["product_unavailable", { gone: true }, "#/items/0/itemId"],
  ])(
    "says %s, and where",
    async (code, facts: {
      items?: object[];
      quantity?: number;
      noted?: boolean;
      gone?: boolean;
    }, pointer) => {
      await db.product.update({
        where: { id: product.id },
        data: {
          stock: 5,
          maxQuantity: 10,
          ...(facts.noted ? { noteFields: [{ name: "login", type: "string", options: [] }] } : {}),
          ...(facts.gone ? { goneAt: new Date() } : {}),
        },
      });
      const items = facts.items ?? [{ itemId: product.id, quantity: facts.quantity ?? 1 }];
      const reply = await place({ items });
      expect(reply.status).toBe(422);
      expect(reply.json).toMatchObject({ code, errors: [{ pointer }] });
    },
  );

  it("asks which supplier, where several have the same product id", async () => {
    const other = await db.supplier.create({
      data: { slug: "second", kind: "foxreload", name: "Second" },
    });
    await createProduct(db, other.id, { externalId: product.externalId });
    expect((await place()).json.code).toBe("ambiguous_product");
    expect((await place({ supplier: "foxreload" })).status).toBe(201);
  });

  it.each([
    ["no key", { headers: { "idempotency-key": " " } }, 400, "idempotency_key_missing"],
    [
      "a key with a blank",
      { headers: { "idempotency-key": "a b" } },
      400,
      "idempotency_key_invalid",
    ],
    [
      "a long key",
      { headers: { "idempotency-key": "x".repeat(256) } },
      400,
      "idempotency_key_invalid",
    ],
    ["no JSON", { raw: "{" }, 400, "malformed_json"],
    ["half a character", { raw: Buffer.from([0x22, 0xff, 0x22]) }, 400, "malformed_json"],
    ["a form", { headers: { "content-type": "text/plain" } }, 415, "unsupported_media_type"],
    [
      "something packed",
      { headers: { "content-encoding": "gzip" } },
      415,
      "unsupported_media_type",
    ],
    ["too much", { raw: `{"items":"${"x".repeat(65_600)}"}` }, 413, "too_large"],
    ["an unknown field", { body: { items: [], price: 1 } }, 422, "invalid_request"],
    ["another taste", { headers: { accept: "text/html" } }, 406, "not_acceptable"],
    ["a refused taste", { headers: { accept: "application/json;q=0" } }, 406, "not_acceptable"],
  ] as [string, Ask, number, string][])("refuses %s", async (_, asked, status, code) => {
    const reply = await place({}, `bad-${++number}`, asked);
    expect(reply.status).toBe(status);
    expect(reply.json.code).toBe(code);
    expect(await count()).toBe(0);
  });

  it("ends up with nothing unfinished", async () => {
    await settled();
    expect(await db.apiRequest.count({ where: { status: null } })).toBe(0);
  });
});

describe("POST /orders/{id}/cancel", () => {
  it("ends an order that hasn't left", async () => {
    const { json } = await place();
    await settled();
    const reply = await ask(api.url, shop.key, `/orders/${json.id}/cancel`, { method: "POST" });
    expect([reply.status, reply.json.status, reply.json.code]).toEqual([
      200,
      "rejected",
      undefined,
    ]);
  });
});
