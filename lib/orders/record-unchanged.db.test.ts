import { afterAll, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { dueInMs, whole } from "./orders.fixture.ts";
import { recordUnchanged } from "./record-unchanged.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const later = (ms: number) => new Date(clock.now().getTime() + ms);

async function open(facts: Parameters<typeof createOrder>[2] = {}) {
  const { order } = await createOrder(db, ctx.account.id, {
    looks: 1,
    failedLooks: 2,
    lastLookError: "HTTP 500",
    lastLookedAt: clock.now(),
    nextPollAt: new Date(Date.now() + 30_000),
    ...facts,
  });
  return order.id;
}
const seen = (...ids: string[]) =>
  recordUnchanged(
    ctx,
    ids.map((orderId) => ({ orderId, status: "processing", inMs: 60_000, everyMs: 7_000 })),
    later(5_000),
  );

describe("recordUnchanged", () => {
  it("counts as a look of each order that found nothing new", async () => {
    const ids = [await open(), await open()];
    await seen(...ids);
    for (const id of ids) {
      const order = await whole(db, id);
      expect(order).toMatchObject({
        looks: 2,
        failedLooks: 0,
        lastLookError: null,
        pollEveryMs: 7_000,
      });
      expect(order.lastLookedAt).toEqual(later(5_000));
      expect(order.timeline).toEqual([]);
      expect(await dueInMs(db, id)).toBeGreaterThan(50_000);
    }
  });

  it("leaves alone what has moved, is due, was seen since, is finished, or is in somebody's hands", async () => {
    const ids = [
      await open({ status: "paid" }),
      await open({ nextPollAt: new Date(Date.now() - 1_000) }),
      await open({ lastLookedAt: later(5_001) }),
      await open({ status: "completed", nextPollAt: null, finishedAt: clock.now() }),
      await open({ leaseToken: ctx.newId(), leaseUntil: new Date(Date.now() + 60_000) }),
    ];
    await seen(...ids);
    for (const id of ids) expect(await whole(db, id)).toMatchObject({ looks: 1, failedLooks: 2 });
  });

  it("takes an order whose holder is dead, and does nothing for none", async () => {
    const id = await open({ leaseToken: ctx.newId(), leaseUntil: new Date(Date.now() - 60_000) });
    await seen();
    await seen(id);
    expect(await whole(db, id)).toMatchObject({ looks: 2 });
  });
});
