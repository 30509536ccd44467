import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { stockOf, trailOf } from "#lib/codes/stocked.fixture.ts";
import { announce } from "#lib/events/announce.ts";
import { SEALED_PAYMENT_PAGES } from "#lib/orders/sealed-payment-pages.ts";
import { createLog } from "#lib/platform/log.ts";
import { createOrder, createProduct, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ask, keyWith, serveApi } from "./api.fixture.ts";

const { db, url: databaseUrl, drop } = await createTestDatabase();
const lines: string[] = [];
const log = createLog("debug", [], (line) => lines.push(line));
const ctx = { ...(await testContext(db, scriptedSupplier())), log };
const api = await serveApi(ctx, databaseUrl);
afterAll(async () => {
  await api.close();
  await drop();
});
const shop = await keyWith(ctx);
const read = (path: string) => ask(api.url, shop.key, path);

const DONE = { status: "completed", nextPollAt: null, finishedAt: new Date() } as const;

describe("GET /orders/{id}/codes", () => {
  it("opens them a page at a time, each with its trace, and takes them out of the stock", async () => {
    const stock = await stockOf(ctx, ["AAAA-1111", "BBBB-2222", "CCCC-3333"], { ...DONE });
    const first = await read(`/orders/${stock.orderId}/codes?limit=2`);
    expect(first.json).toMatchObject({ orderId: stock.orderId, status: "completed", withheld: 0 });
    const rest = await read(`/orders/${stock.orderId}/codes?limit=2&after=${first.json.next}`);
    const values = [...first.json.data, ...rest.json.data].map(({ value }) => value);
    expect(values).toEqual(["AAAA-1111", "BBBB-2222", "CCCC-3333"]);
    expect(rest.json.next).toBeNull();
    expect(await trailOf(db, stock.first)).toMatchObject([
      { action: "code.revealed", actorName: "shop", address: "127.0.0.1" },
    ]);
    expect(await db.code.count({ where: { orderId: stock.orderId, revealedAt: null } })).toBe(0);
    await read(`/orders/${stock.orderId}/codes`);
    expect(await trailOf(db, stock.first)).toHaveLength(2);
    expect(lines.join("")).not.toContain("AAAA-1111");
  });

  it("keeps the codes of an order that came to nothing closed", async () => {
    const { orderId } = await stockOf(ctx, ["DDDD-4444"], { ...DONE });
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update codes set state = 'withheld' where order_id = ${orderId}::uuid`,
    ]);
    const reply = await read(`/orders/${orderId}/codes`);
    expect(reply.json).toMatchObject({ data: [], withheld: 1 });
    expect(reply.text).not.toContain("DDDD");
  });

  it("keeps closed what somebody else has, and what is no good", async () => {
    const values = ["OWN-1", "ELSE-2", "KEPT-3", "BAD-4", "GONE-5", "LATE-6", "HAS-7"];
    const { orderId, ids } = await stockOf(ctx, values, { ...DONE });
    const [, elses, kept, bad, gone, late, has] = ids;
    await db.order.update({ where: { id: orderId }, data: { customerRef: "shop-9" } });
    const { id: handOut } = await db.handOut.create({
      data: {
        ...{ id: ctx.newId(), customerRef: "shop-9", way: "link", note: null },
        ...{ createdAt: new Date(), actorKind: "job", actorId: null, actorName: "test" },
      },
    });
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update codes set state = 'handed_out', hand_out_id = ${handOut}::uuid, customer_ref = 'somebody else' where id = ${elses}::uuid`,
      db.$executeRaw`update codes set state = 'reserved', customer_ref = 'somebody else' where id = ${kept}::uuid`,
      db.$executeRaw`update codes set state = 'bad', hand_out_id = ${handOut}::uuid, customer_ref = 'shop-9' where id = ${bad}::uuid`,
      db.$executeRaw`update codes set state = 'replaced', hand_out_id = ${handOut}::uuid, customer_ref = 'shop-9' where id = ${gone}::uuid`,
      db.$executeRaw`update codes set expires_at = ${new Date(0)} where id = ${late}::uuid`,
      db.$executeRaw`update codes set state = 'handed_out', hand_out_id = ${handOut}::uuid, customer_ref = 'shop-9' where id = ${has}::uuid`,
    ]);
    const reply = await read(`/orders/${orderId}/codes`);
    expect(reply.json).toMatchObject({ withheld: 0, closed: 5, next: null });
    expect(reply.json.data.map(({ value }: { value: string }) => value)).toEqual([
      "OWN-1",
      "HAS-7",
    ]);
    expect(await trailOf(db, elses ?? "")).toEqual([]);
    // Bought for stock: nobody but who was given it has it.
    await db.order.update({ where: { id: orderId }, data: { customerRef: null } });
    expect((await read(`/orders/${orderId}/codes`)).json).toMatchObject({
      ...{ data: [{ value: "OWN-1" }], closed: 6 },
    });
  });

  it("leaves nothing open where the trace can't be written", async () => {
    const { orderId, first } = await stockOf(ctx, ["EEEE-5555"], { ...DONE });
    await db.$executeRawUnsafe(
      "alter table audit_entries add constraint none check (action <> 'code.revealed') not valid",
    );
    const reply = await read(`/orders/${orderId}/codes`);
    await db.$executeRawUnsafe("alter table audit_entries drop constraint none");
    expect(reply.status).toBe(500);
    expect(reply.text).not.toContain("EEEE");
    expect(await trailOf(db, first)).toEqual([]);
  });
});

describe("POST /orders/{id}/claim-link", () => {
  const link = (id: string) =>
    ask(api.url, shop.key, `/orders/${id}/claim-link`, { method: "POST" });

  it("gives the one link of an order, and notes who was told", async () => {
    const { orderId } = await stockOf(ctx, ["FFFF-6666"], { ...DONE, customerRef: "shop-7" });
    const [first, again] = [await link(orderId), await link(orderId)];
    expect(first.status).toBe(200);
    expect(first.json.url).toMatch(/^https:\/\/ops\.keyhold\.example\/claim\/[^#]+#.{43}$/);
    expect(again.json).toEqual(first.json);
    const trail = await trailOf(db, orderId);
    expect(trail.filter(({ action }) => action === "claim_link.told")).toHaveLength(2);
    expect(JSON.stringify(trail)).not.toContain(first.json.url.split("#")[1]);
  });

  it.each([
    ["no_customer", { ...DONE }],
    ["not_ready", { customerRef: "shop-8" }],
  ])("says that there is none: %s", async (reason, facts) => {
    const { orderId } = await stockOf(ctx, ["GGGG-7777"], facts);
    const reply = await link(orderId);
    expect([reply.status, reply.json.code, reply.json.reason]).toEqual([
      ...[409, "claim_link_unavailable", reason],
    ]);
  });
});

describe("paymentUrl", () => {
  it("is told to keys that may place orders, while the order waits to be paid", async () => {
    const url = "https://pay.example.com/o/1";
    const facts = { status: "awaiting_payment", customerRef: "payer" } as const;
    const { order } = await createOrder(db, ctx.account.id, facts);
    const sealed = ctx.sealer.seal(url, SEALED_PAYMENT_PAGES.boundTo(order.id));
    const page = { orderId: order.id, sealed, blindIndex: "1", toldAt: new Date() };
    await db.paymentPage.create({ data: page });
    const reader = await keyWith(ctx, ["orders:read"]);
    const told = async (key: string) => {
      const one = await ask(api.url, key, `/orders/${order.id}`);
      const many = await ask(api.url, key, "/orders?customerRef=payer");
      return [one.json.paymentUrl, many.json.data[0].paymentUrl];
    };
    expect(await told(shop.key)).toEqual([url, url]);
    expect(await told(reader.key)).toEqual([undefined, undefined]);
    await db.order.update({ where: { id: order.id }, data: { status: "processing" } });
    expect(await told(shop.key)).toEqual([undefined, undefined]);
    expect(lines.join("")).not.toContain(url);
  });
});

describe("GET /orders", () => {
  it("pages through them by filters, newest first, none twice and none left out", async () => {
    const made = [];
    for (let n = 0; n < 7; n++) {
      made.push((await createOrder(db, ctx.account.id, { customerRef: "pager" })).order.id);
    }
    await createOrder(db, ctx.account.id, { customerRef: "pager", ...DONE });
    const seen: string[] = [];
    let next = "";
    do {
      const { json } = await read(
        `/orders?customerRef=pager&status=processing&limit=3${next && `&after=${next}`}`,
      );
      seen.push(...json.data.map(({ id }: { id: string }) => id));
      next = json.next ?? "";
    } while (next);
    expect(seen).toEqual(made.reverse());
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await read(`/orders?createdFrom=${later}`)).json.data).toEqual([]);
  });

  it.each([
    "status=junk",
    "limit=0",
    "limit=1e2",
    "after=junk",
    "createdFrom=1",
    "nothing=1",
    "limit=1&limit=2",
  ])("says what is wrong with ?%s", async (query) => {
    const reply = await read(`/orders?${query}`);
    expect([reply.status, reply.json.code]).toEqual([422, "invalid_request"]);
    expect(reply.json.errors[0].parameter).toBe(query.split("=")[0]);
  });

  it.each([
    "/orders/junk",
    "/orders/01a1fce4-0d33-734b-960a-001e736339d2",
    "/orders/%00",
    "/nothing",
    "",
  ])("knows nothing at %s", async (path) => {
    const reply = await read(path);
    expect([reply.status, reply.json.code]).toEqual([404, "not_found"]);
  });

  it("says which methods there are", async () => {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const reply = await fetch(`${api.url}/api/v1/orders`, { method });
      expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET, POST"]);
      expect(((await reply.json()) as { code: string }).code).toBe("method_not_allowed");
    }
  });
});

describe("GET /orders/{id}?wait=", () => {
  const finish = (id: string) =>
    db.$transaction(async (tx) => {
      await tx.order.update({ where: { id }, data: { ...DONE } });
      await tx.$executeRaw`select pg_notify('keyhold', ${`order:${id}`})`;
    });

  it("answers as soon as the order is final, and not before", async () => {
    const { order } = await createOrder(db, ctx.account.id);
    const began = Date.now();
    const waiting = read(`/orders/${order.id}?wait=30`);
    await db.$executeRaw`select pg_notify('keyhold', ${`order:${order.id}`})`;
    await expect(Promise.race([waiting, wait(300, "still waiting")])).resolves.toBe(
      "still waiting",
    );
    await finish(order.id);
    const { json } = await waiting;
    expect(json).toMatchObject({ status: "completed", isFinal: true });
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it("answers at once where there is nothing to wait for, and when the time is over", async () => {
    const { order } = await createOrder(db, ctx.account.id);
    expect((await read(`/orders/${order.id}`)).json.isFinal).toBe(false);
    expect((await read(`/orders/${order.id}?wait=1`)).json.isFinal).toBe(false);
    await finish(order.id);
    expect((await read(`/orders/${order.id}?wait=30`)).json.isFinal).toBe(true);
    expect((await read(`/orders/${order.id}?wait=31`)).status).toBe(422);
  });

  it("lets so many of one key wait, and forgets whoever left", async () => {
    const { order } = await createOrder(db, ctx.account.id);
    const gone = new AbortController();
    const refused: unknown[] = [];
    // All at once: whoever is refused takes nobody's place, so it is the ones too many, whichever come last.
    const asked = Array.from({ length: 105 }, async () => {
      const path = `/orders/${order.id}?wait=30`;
      const reply = await ask(api.url, shop.key, path, { signal: gone.signal }).catch(() => null);
      if (reply) refused.push([reply.status, reply.json.code, reply.headers["retry-after"]]);
    });
    await expect.poll(() => refused.length, { timeout: 50_000 }).toBe(5);
    gone.abort();
    await Promise.all(asked);
    expect(refused).toEqual(Array.from({ length: 5 }, () => [429, "too_many_waiting", "5"]));
    const status = async () => (await read(`/orders/${order.id}?wait=1`)).status;
    await expect.poll(status, { timeout: 50_000 }).toBe(200);
  });
});

describe("the rest", () => {
  it("lists products, balances and deliveries as the document says", async () => {
    const product = await createProduct(db, ctx.account.id, { name: "Found 100%" });
    const { json } = await read("/products?search=100%25&inStock=true");
    expect(json.data).toMatchObject([{ id: product.id, supplier: "foxreload", price: "4.75" }]);
    await db.balanceSample.create({
      data: {
        ...{ supplierId: ctx.account.id, currency: "USD", available: "12.5", reserved: "0" },
        ...{ pending: "0", sampledAt: new Date() },
      },
    });
    expect((await read("/balance")).json.data).toMatchObject([
      { supplier: "foxreload", currency: "USD", available: "12.5", isStale: false },
    ]);
    const news = { version: 1, subject: "s", orderId: null, isMock: false, productIds: [] };
    await db.$transaction((tx) =>
      announce(tx, ctx, [{ type: "alert.opened", ...news, data: {} }], new Date()),
    );
    const deliveries = await read("/deliveries?state=NOT_APPLY");
    expect(deliveries.json.data[0]).toMatchObject({ state: "NOT_APPLY", endpoint: null });
    expect((await read("/deliveries?state=PENDING")).json.data).toEqual([]);
  });
});
