import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { quantilesOf } from "#lib/polling/quantiles.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { learnCurves } from "./learn-curves.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;

beforeEach(async () => {
  await db.productCurve.deleteMany();
  await db.orderItem.deleteMany();
  await db.order.deleteMany();
});

async function completed(
  times: number[],
  externalId: string,
  facts: Parameters<typeof createOrder>[2] = {},
) {
  for (const [at, tookMs] of times.entries()) {
    const finishedAt = new Date(clock.now().getTime() - 1_000 * (times.length - at));
    const done = { status: "completed", nextPollAt: null, tookMs, finishedAt, ...facts } as const;
    await createOrder(db, supplierId, done, { externalId });
  }
}
const TIMES = Array.from({ length: 25 }, (_, at) => 10_000 + at * at * 37);

describe("learnCurves", () => {
  it("learns a product's quantiles once there are twenty orders of it", async () => {
    await completed(TIMES, "product_known");
    await completed(TIMES.slice(0, 19), "product_new");
    expect(await learnCurves(ctx, supplierId)).toBe(1);
    const [curve] = await db.productCurve.findMany();
    expect(curve).toMatchObject({ externalId: "product_known", samples: 25 });
    const expected = quantilesOf(TIMES);
    curve?.quantiles.forEach((ms, at) => {
      expect(Math.abs(ms - (expected[at] ?? 0))).toBeLessThanOrEqual(1);
    });
    expect(curve?.quantiles).toHaveLength(33);
  });

  it("learns nothing from mock orders, or of one product from orders of two", async () => {
    await completed(TIMES, "product_mock", { isMock: true });
    await completed(TIMES, "product_a");
    for (const order of await db.order.findMany({ where: { isMock: false } })) {
      const { id } = await db.orderItem.findFirstOrThrow({ where: { orderId: order.id } });
      const { id: _, ...item } = await db.orderItem.findUniqueOrThrow({ where: { id } });
      await db.orderItem.create({
        data: { ...item, id: ctx.newId(), position: 1, externalId: "product_b", note: undefined },
      });
    }
    expect(await learnCurves(ctx, supplierId)).toBe(0);
  });

  it("forgets the old: only the newest count, and only every few minutes", async () => {
    await completed(TIMES, "product_known", {
      finishedAt: new Date(clock.now().getTime() - 40 * 86_400_000),
    });
    expect(await learnCurves(ctx, supplierId)).toBe(0);
    await completed(TIMES, "product_known");
    expect(await learnCurves(ctx, supplierId)).toBe(1);
    await completed(TIMES, "product_known");
    expect(await learnCurves(ctx, supplierId)).toBe(0);
    clock.advance(300_000);
    expect(await learnCurves(ctx, supplierId)).toBe(1);
    expect((await db.productCurve.findFirstOrThrow()).samples).toBe(50);
  });
});
