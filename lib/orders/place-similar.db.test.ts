import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  createProduct,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { FINISHED_STATUSES, ORDER_STATUSES } from "./lifecycle.ts";
import type { PlaceResult } from "./new-order.ts";
import { newOrder, REQUEST, timelineKinds, whole } from "./orders.fixture.ts";
import { placeOrder } from "./place-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const asha = testActor("operator");
const MINUTE = 60_000;
const NOTED = { noteFields: [{ name: "login", type: "string", options: [] }] };
let product: Awaited<ReturnType<typeof createProduct>>;

beforeEach(async () => {
  product = await createProduct(db, ctx.account.id);
});

type Facts = { quantity?: number; [field: string]: unknown };
/** The same wish, each time from a tab of its own. */
const wish = (facts: Facts = {}) => newOrder([product], { customerRef: null, ...facts });
const post = (facts: Facts = {}, by = asha) => placeOrder(ctx, by, wish(facts), REQUEST);

async function placed(facts: Facts = {}): Promise<string> {
  const result = await post(facts);
  return result.kind === "placed" ? result.orderId : expect.fail(JSON.stringify(result));
}
const idsOf = (result: PlaceResult) =>
  result.kind === "similar" ? result.orders.map(({ id }) => id) : result.kind;

/** Puts an order straight into a status, past the triggers. */
const setStatus = (orderId: string, status: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRawUnsafe(`update orders set status = '${status}',
      rejection = ${status === "rejected" ? "'{}'" : "null"},
      supplier_order_id = ${["submitting", "unconfirmed", "rejected"].includes(status) ? "null" : `'${orderId}'`},
      finished_at = ${(FINISHED_STATUSES as readonly string[]).includes(status) ? "now()" : "null"}
      where id = '${orderId}'`),
  ]);

describe("an order for the same goods", () => {
  it("of the last minutes is asked about, with who placed it and how it stands; nothing is stored", async () => {
    const first = await placed();
    const result = await post({}, testActor("admin"));
    const { createdAt } = await whole(db, first);
    expect(result).toEqual({
      kind: "similar",
      orders: [
        {
          id: first,
          status: "submitting",
          createdAt: createdAt.toISOString(),
          customerRef: null,
          placedBy: "Asha Rao",
        },
      ],
    });
    expect(
      await db.order.count({ where: { items: { some: { externalId: product.externalId } } } }),
    ).toBe(1);
  });

  it("is no similar one when anything is asked for differently", async () => {
    const noted = await createProduct(db, ctx.account.id, NOTED);
    const withNote = (login: string) => ({
      ...newOrder([noted], { customerRef: null }),
      lines: [{ productId: noted.id, quantity: 1, note: { login } }],
    });
    await placed();
    expect((await post({ quantity: 2 })).kind).toBe("placed");
    expect((await post({ isMock: true })).kind).toBe("placed");
    const place = (input: unknown) => placeOrder(ctx, asha, input, REQUEST);
    expect((await place(withNote("asha"))).kind).toBe("placed");
    expect((await place(withNote("ravi"))).kind).toBe("placed");
    // However it is typed.
    expect((await place(withNote(" asha "))).kind).toBe("similar");
  });

  it("is one whatever the order of the lines", async () => {
    const other = await createProduct(db, ctx.account.id);
    const place = (...products: (typeof product)[]) =>
      placeOrder(ctx, asha, newOrder(products, { customerRef: null }), REQUEST);
    expect((await place(product, other)).kind).toBe("placed");
    expect((await place(other, product)).kind).toBe("similar");
    expect((await place(other, product, product)).kind).toBe("placed");
  });

  it.each([
    [null, null, "similar"],
    ["R-1", "R-1", "similar"],
    ["R-1", null, "similar"],
    [null, "R-1", "similar"],
    ["R-1", "R-2", "placed"],
  ])("for customer %j and then %j: %s", async (one, other, kind) => {
    await placed({ customerRef: one });
    expect((await post({ customerRef: other })).kind).toBe(kind);
  });

  it("older than ten minutes is another wish", async () => {
    const first = await placed();
    clock.advance(10 * MINUTE - 1);
    expect(idsOf(await post())).toEqual([first]);
    clock.advance(1);
    expect((await post()).kind).toBe("placed");
  });

  it.each(ORDER_STATUSES)("that is %s counts if it had an effect", async (status) => {
    await setStatus(await placed(), status);
    const had = !["rejected", "cancelled", "failed", "refunded"].includes(status);
    expect((await post()).kind).toBe(had ? "similar" : "placed");
  });
});

describe("the override", () => {
  it("is recorded on the timeline and in the audit log", async () => {
    const first = await placed();
    const second = await placed({ similarSeen: [first] });
    const order = await whole(db, second);
    expect(order.timeline).toMatchObject([
      { kind: "placed", actor: "Asha Rao", data: { similar: 1, total: "4.75" } },
    ]);
    expect(
      await db.auditEntry.findMany({
        where: { objectId: { in: [first, second] } },
        orderBy: { seq: "asc" },
      }),
    ).toMatchObject([
      { action: "order.placed", objectId: first },
      { action: "order.placed", objectId: second },
      {
        action: "order.placed-beside-similar",
        objectKind: "order",
        objectId: second,
        actorName: "Asha Rao",
        correlationId: "correlation-1",
        details: { similar: 1, newest: first },
      },
    ]);
    expect(timelineKinds(await whole(db, first))).toEqual(["placed"]);
  });

  it("has to name every one of them: what came up since is asked about", async () => {
    const first = await placed();
    const second = await placed({ similarSeen: [first] });
    expect(idsOf(await post({ similarSeen: [first] }))).toEqual([second, first]);
    expect(idsOf(await post({ similarSeen: [ctx.newId()] }))).toEqual([second, first]);
    expect((await post({ similarSeen: [first, second, ctx.newId()] })).kind).toBe("placed");
  });

  it("leaves no trace where there was nothing to override", async () => {
    const order = await whole(db, await placed({ similarSeen: [ctx.newId()] }));
    expect(order.timeline[0]?.data).not.toHaveProperty("similar");
    const entries = await db.auditEntry.findMany({ where: { objectId: order.id } });
    expect(entries.map(({ action }) => action)).toEqual(["order.placed"]);
  });

  it("takes ids of orders and nothing else", async () => {
    expect(await post({ similarSeen: ["1"] })).toMatchObject({ kind: "invalid" });
    expect(await post({ similarSeen: Array(101).fill(ctx.newId()) })).toMatchObject({
      kind: "invalid",
    });
  });
});

describe("at the same time", () => {
  it("two tabs with one wish: one order, and the other tab is asked", async () => {
    for (let round = 0; round < 5; round++) {
      product = await createProduct(db, ctx.account.id);
      const results = await Promise.all([post(), post({}, testActor("admin"))]);
      expect(results.map(({ kind }) => kind).sort()).toEqual(["placed", "similar"]);
      const winner = results.find(({ kind }) => kind === "placed");
      expect(results.flatMap(idsOf)).toContain(winner?.kind === "placed" && winner.orderId);
    }
  });

  it("twenty tabs: one order", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => post()));
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "similar")).toHaveLength(19);
  });

  it("one form posted twice is one order, and no second wish", async () => {
    const input = wish();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => placeOrder(ctx, asha, input, REQUEST)),
    );
    expect(results.filter(({ kind }) => kind === "placed")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "repeated")).toHaveLength(9);
  });

  it("two tabs, each posted many times: one order, the other's posts are asked", async () => {
    const [one, other] = [wish(), wish()];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) => placeOrder(ctx, asha, at % 2 ? one : other, REQUEST)),
    );
    const kinds = results.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "placed")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "repeated")).toHaveLength(9);
    expect(kinds.filter((kind) => kind === "similar")).toHaveLength(10);
  });

  it("two overrides of the same order: the second is asked about the first", async () => {
    const first = await placed();
    const results = await Promise.all([
      post({ similarSeen: [first] }),
      post({ similarSeen: [first] }),
    ]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["placed", "similar"]);
  });

  it("wishes for different goods don't wait for each other", async () => {
    const products = await Promise.all(
      Array.from({ length: 8 }, () => createProduct(db, ctx.account.id)),
    );
    const results = await Promise.all(
      products.map((one) => placeOrder(ctx, asha, newOrder([one], { customerRef: null }), REQUEST)),
    );
    expect(results.every(({ kind }) => kind === "placed")).toBe(true);
  });
});
