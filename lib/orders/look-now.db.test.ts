import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { listen, type Topic } from "#lib/platform/notify.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import { lookNow } from "./look-now.ts";
import { dueInMs, whole } from "./orders.fixture.ts";

const { db, drop, url } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const operator = testActor("operator");
const inAnHour = () => new Date(Date.now() + 3_600_000);
let orderId: string;

beforeEach(async () => {
  const { order } = await createOrder(db, ctx.account.id, { nextPollAt: inAnHour() });
  orderId = order.id;
});

const refused = (code: string) => ({ code });

describe("lookNow", () => {
  it("makes the order due at once, and remembers who asked", async () => {
    await lookNow(ctx, operator, orderId);
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
    expect((await whole(db, orderId)).timeline).toMatchObject([
      { kind: "look_requested", actor: "Asha Rao" },
    ]);
  });

  it("spares the supplier: not within five seconds of the last look", async () => {
    const data = { count: 7, lastAt: clock.now().toISOString() };
    const at = new Date(clock.now().getTime() - 60_000);
    await db.timelineEntry.create({ data: { id: ctx.newId(), orderId, at, kind: "looked", data } });
    await expect(lookNow(ctx, operator, orderId)).rejects.toMatchObject(refused("too_soon"));
    expect(await dueInMs(db, orderId)).toBeGreaterThan(3_000_000);
    expect((await whole(db, orderId)).timeline).toHaveLength(1);
    clock.advance(5_000);
    await lookNow(ctx, operator, orderId);
  });

  it("may be asked for however often a list has shown the order", async () => {
    await db.order.update({ where: { id: orderId }, data: { lastLookedAt: clock.now() } });
    await lookNow(ctx, operator, orderId);
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
  });

  it("isn't asked for twice within five seconds, not even at once", async () => {
    const asked = await Promise.allSettled([1, 2, 3].map(() => lookNow(ctx, operator, orderId)));
    expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    clock.advance(4_999);
    await expect(lookNow(ctx, operator, orderId)).rejects.toMatchObject(refused("too_soon"));
    clock.advance(1);
    await lookNow(ctx, operator, orderId);
    expect((await whole(db, orderId)).timeline).toHaveLength(2);
  });

  it("tells open pages and the engine", async () => {
    const topics: Topic[] = [];
    const listener = listen(url, ctx.log, (topic) => topics.push(topic));
    await vi.waitFor(() => expect(topics).toEqual(["engine"]), { interval: 5, timeout: 15_000 });
    await lookNow(ctx, operator, orderId);
    await vi.waitFor(() => expect(topics).toEqual(["engine", `order:${orderId}`, "work"]), {
      timeout: 15_000,
    });
    await listener.close();
  });

  it("leaves whoever is looking at it alone", async () => {
    await lookNow(ctx, operator, orderId);
    const claim = await claimOne(ctx, orderId);
    clock.advance(5_000);
    await lookNow(ctx, operator, orderId);
    expect((await whole(db, orderId)).leaseToken).toBe(claim?.leaseToken);
  });

  it("has nothing to look for once the order is finished, or waits for a person", async () => {
    for (const facts of [
      { status: "completed" as const, finishedAt: new Date() },
      { status: "unconfirmed" as const, supplierOrderId: null },
    ]) {
      const { order } = await createOrder(db, ctx.account.id, { ...facts, nextPollAt: null });
      await expect(lookNow(ctx, operator, order.id)).rejects.toMatchObject(refused("conflict"));
      expect(await dueInMs(db, order.id)).toBeNull();
    }
  });

  it.each(["019abcde-0000-7000-8000-000000000000", "1", "", "'; drop table orders; --", "\u0000"])(
    "doesn't know %j",
    async (id) => {
      await expect(lookNow(ctx, operator, id)).rejects.toMatchObject(refused("not_found"));
    },
  );

  it("is for those who may", async () => {
    const viewer = testActor("viewer");
    await expect(lookNow(ctx, viewer, orderId)).rejects.toMatchObject(refused("forbidden"));
    expect(await dueInMs(db, orderId)).toBeGreaterThan(3_000_000);
  });
});
