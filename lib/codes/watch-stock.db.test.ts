import { afterAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { expireCodes } from "./expire-codes.ts";
import { EXPIRING_WITHIN_MS } from "./expiring-policy.ts";
import { handOutCodes } from "./hand-out-codes.ts";
import { markBad } from "./mark-bad.ts";
import { reserveCodes } from "./reserve-codes.ts";
import { setLowLine } from "./set-low-line.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";
import { codeOf, REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";
import { storeCodes } from "./store-codes.ts";
import { watchExpiries } from "./watch-expiries.ts";
import { watchStock } from "./watch-stock.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const operator = testActor("operator");
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(clock.now().getTime() + days * DAY_MS);

const openSignals = (subject: string) =>
  db.systemSignal.findMany({
    where: { subject, clearedAt: null },
    select: { key: true, data: true },
  });
const setLine = (stockProductId: string, lowLine: number | null, actor = operator) =>
  setLowLine(ctx, actor, { stockProductId, lowLine }, REQUEST);

type Level = { state: string; isMock: boolean; currency: string; count: number; cost: string };

/** Levels and changes together, as readers see them, and what is really there. */
async function levels(stockProductId: string): Promise<{ told: Level[]; counted: Level[] }> {
  const told = await db.$queryRaw<Level[]>`
    select state::text, is_mock as "isMock", currency, sum(count)::int as count, sum(cost)::text as cost
    from (select stock_product_id, state, is_mock, currency, count, cost from stock_levels
          union all select stock_product_id, state, is_mock, currency, count, cost from stock_changes) n
    where stock_product_id = ${stockProductId}::uuid
    group by 1, 2, 3 having sum(count) <> 0 order by 1, 2, 3`;
  const counted = await db.$queryRaw<Level[]>`
    select state::text, is_mock as "isMock", coalesce(currency, '') as currency, count(*)::int as count,
      coalesce(sum(cost), 0)::numeric(20, 4)::text as cost
    from codes where stock_product_id = ${stockProductId}::uuid group by 1, 2, 3 order by 1, 2, 3`;
  return { told, counted };
}

describe("levels", () => {
  it("are what is there, before and after the changes are added up", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const add = (count: number, facts: object) =>
      createCodes(db, count, { stockProductId, ...facts });
    await add(5, { cost: "1.25", currency: "USD" });
    await add(2, { cost: "1", currency: "EUR" });
    await add(3, {});
    await add(4, { isMock: true });
    await add(1, { state: "bad" });
    const check = async () => {
      const { told, counted } = await levels(stockProductId);
      expect(told).toEqual(counted);
      return told;
    };
    await check();
    await watchStock(ctx);
    expect(await db.stockChange.count()).toBe(0);
    expect(await check()).toHaveLength(5);
    await reserveCodes(ctx, operator, { customerRef: "a", stockProductId, quantity: 6 }, REQUEST);
    await check();
    await watchStock(ctx);
    await check();
    expect(await watchStock(ctx)).toBe("done");
  });

  it("lose nothing while many write and some add up", { timeout: 60_000 }, async () => {
    const { id: stockProductId } = await createStockProduct(db);
    await createCodes(db, 60, { stockProductId, cost: "2", currency: "USD" });
    const write = async (n: number) => {
      const customerRef = `shop-${n}`;
      await reserveCodes(ctx, operator, { customerRef, stockProductId, quantity: 2 }, REQUEST);
      const input = { customerRef, way: "link", stockProductId, quantity: 1 } as const;
      await handOutCodes(ctx, { ...operator, provedAt: ctx.now() } as Actor, input, REQUEST);
    };
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => Promise.all([write(n), watchStock(ctx)])),
    );
    const { told, counted } = await levels(stockProductId);
    expect(told).toEqual(counted);
    expect(counted.map(({ state, count }) => [state, count])).toEqual([
      ["handed_out", 20],
      ["reserved", 40],
    ]);
  });
});

describe("low stock", () => {
  it("is told at once when the line is drawn, kept up to date, and cleared", async () => {
    const { id: stockProductId, name } = await createStockProduct(db);
    await createCodes(db, 3, { stockProductId });
    await createCodes(db, 9, { stockProductId, isMock: true });
    await setLine(stockProductId, 3);
    expect(await openSignals(stockProductId)).toEqual([]);
    await setLine(stockProductId, 4);
    const low = (available: number, line: number) => ({
      key: "stock_low",
      data: { name, region: null, available, line },
    });
    expect(await openSignals(stockProductId)).toEqual([low(3, 4)]);
    await reserveCodes(ctx, operator, { customerRef: "a", stockProductId, quantity: 2 }, REQUEST);
    await watchStock(ctx);
    expect(await openSignals(stockProductId)).toEqual([low(1, 4)]);
    await createCodes(db, 3, { stockProductId });
    await watchStock(ctx);
    expect(await openSignals(stockProductId)).toEqual([]);
    expect(await db.systemSignal.count({ where: { subject: stockProductId } })).toBe(1);
  });

  it("is nobody's worry without a line", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    await setLine(stockProductId, 1);
    expect(await openSignals(stockProductId)).toHaveLength(1);
    await setLine(stockProductId, null);
    expect(await openSignals(stockProductId)).toEqual([]);
    expect(await trailOf(db, stockProductId)).toMatchObject([
      { action: "stock.low_line_set", details: { from: null, to: 1 } },
      { action: "stock.low_line_set", details: { from: 1, to: null } },
    ]);
    // Said again, it is no news.
    await setLine(stockProductId, null);
    expect(await trailOf(db, stockProductId)).toHaveLength(2);
  });

  it("has its line drawn by those who may, where there is a product", async () => {
    const { id } = await createStockProduct(db);
    await expect(setLine(id, 1, testActor("viewer"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(setLine(ctx.newId(), 1)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("codes that are over", () => {
  it("leave the stock; what a customer has stays his", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const add = async (facts: object) =>
      (await createCodes(db, 1, { stockProductId, expiresAt: inDays(1), ...facts }))[0] ?? "";
    const free = await add({});
    const kept = await add({ state: "reserved", customerRef: "shop-1" });
    const gone = await add({ state: "handed_out", customerRef: "shop-1" });
    const later = await add({ expiresAt: inDays(2) });
    expect(await expireCodes(ctx)).toBe("done");
    expect((await codeOf(db, free)).state).toBe("available");
    clock.advance(DAY_MS);
    expect(await Promise.all([expireCodes(ctx), expireCodes(ctx)])).toEqual(["done", "done"]);
    const states = await Promise.all([free, kept, gone, later].map((id) => codeOf(db, id)));
    expect(states.map(({ state }) => state)).toEqual([
      "expired",
      "expired",
      "handed_out",
      "available",
    ]);
    expect(await trailOf(db, free)).toMatchObject([
      { action: "code.expired", actorName: "stock", address: null },
    ]);
    expect((await trailOf(db, kept)).map(({ action }) => action)).toEqual(["code.expired"]);
  });

  it("leave by so many at a time", { timeout: 30_000 }, async () => {
    const { id: stockProductId } = await createStockProduct(db);
    await createCodes(db, 501, { stockProductId, expiresAt: inDays(-1) });
    expect(await expireCodes(ctx)).toBe("again");
    expect(await expireCodes(ctx)).toBe("done");
    expect(await db.code.count({ where: { stockProductId, state: "expired" } })).toBe(501);
    expect(await db.auditEntry.count({ where: { action: "code.expired" } })).toBeGreaterThan(500);
  });

  it("are told of ahead, a product at a time", async () => {
    const { id: stockProductId, name } = await createStockProduct(db);
    const edge = new Date(clock.now().getTime() + EXPIRING_WITHIN_MS);
    const add = (facts: object) => createCodes(db, 1, { stockProductId, ...facts });
    await add({ expiresAt: new Date(edge.getTime() + 1) });
    await add({});
    await watchExpiries(ctx);
    expect(await openSignals(stockProductId)).toEqual([]);
    await add({ expiresAt: edge });
    await add({ expiresAt: inDays(3) });
    await add({ expiresAt: inDays(3), isMock: true });
    await watchExpiries(ctx);
    const data = { name, codes: 2, firstAt: inDays(3).toISOString() };
    expect(await openSignals(stockProductId)).toEqual([{ key: "codes_expiring", data }]);
    const input = { customerRef: "a", way: "link", stockProductId, quantity: 2 } as const;
    await handOutCodes(ctx, { ...operator, provedAt: ctx.now() } as Actor, input, REQUEST);
    await watchExpiries(ctx);
    expect(await openSignals(stockProductId)).toEqual([]);
  });
});

describe("codes that a customer got of a failed order", () => {
  it("are told of until each of them is bad or replaced", async () => {
    const { orderId, ids } = await stockOf(ctx, ["one", "two"], { customerRef: "shop-1" });
    const input = { customerRef: "shop-1", way: "link", orderId } as const;
    await handOutCodes(ctx, { ...operator, provedAt: ctx.now() } as Actor, input, REQUEST);
    await db.$transaction((tx) => storeCodes(tx, ctx, orderId, [], true));
    const signal = { key: "handed_out_of_failed_order", data: { codes: 2 } };
    expect(await openSignals(orderId)).toEqual([signal]);
    const reason = "the supplier took it back";
    for (const codeId of ids) {
      await watchStock(ctx);
      expect(await openSignals(orderId)).toEqual([signal]);
      await markBad(ctx, operator, { codeId, reason }, REQUEST);
    }
    await watchStock(ctx);
    expect(await openSignals(orderId)).toEqual([]);
  });
});
