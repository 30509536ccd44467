import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openOrderCodes } from "./open-order-codes.ts";
import { quietReveals } from "./quiet-reveals.ts";
import { OLD_UNUSUAL } from "./reveal-limits.ts";
import { REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), { now: clock.now });
const HOUR = 3_600_000;

let key: { kind: "key"; id: string; name: string; scopes: ["codes:read"] };
beforeEach(() => {
  key = { kind: "key", id: ctx.newId(), name: "shop", scopes: ["codes:read"] };
});

const order = (codes: number) =>
  stockOf(
    ctx,
    Array.from({ length: codes }, () => `CODE-${ctx.newId()}`),
  );
const open = (orderId: string) =>
  openOrderCodes(ctx, key, { orderId, after: null, limit: 100 }, REQUEST);
const told = () =>
  db.systemSignal.findMany({
    where: { key: "key_opens_old_codes", subject: key.id, clearedAt: null },
  });

describe("a key that opens codes which came long before", () => {
  it("is told of from the fiftieth on, however often each was opened, and noted at each", async () => {
    const [many, more] = [await order(OLD_UNUSUAL - 1), await order(1)];
    clock.advance(25 * HOUR);
    for (let time = 0; time < 3; time += 1) {
      expect((await open(many.orderId)).codes).toHaveLength(OLD_UNUSUAL - 1);
    }
    expect(await told()).toEqual([]);
    await open(more.orderId);
    expect(await told()).toMatchObject([{ data: { count: OLD_UNUSUAL } }]);
    expect(await trailOf(db, more.first)).toMatchObject([
      { action: "code.revealed", details: { old: true } },
    ]);
  });

  it("is told of however many requests come at once", async () => {
    const parts = await Promise.all(Array.from({ length: 10 }, () => order(OLD_UNUSUAL / 10)));
    clock.advance(25 * HOUR);
    await Promise.all(parts.map(({ orderId }) => open(orderId)));
    expect(await told()).toMatchObject([{ data: { count: OLD_UNUSUAL } }]);
  });

  it("isn't told of where an order comes in parts, nor of mock codes", async () => {
    const parts = await order(OLD_UNUSUAL);
    const mock = await order(OLD_UNUSUAL);
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update codes set is_mock = true where order_id = ${mock.orderId}::uuid`,
    ]);
    clock.advance(25 * HOUR);
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update codes set stored_at = ${clock.now()} where id = ${parts.ids.at(-1)}::uuid`,
    ]);
    await open(parts.orderId);
    await open(mock.orderId);
    expect(await told()).toEqual([]);
  });

  it("isn't told of where they came within the day, or over many hours", async () => {
    const fresh = await order(OLD_UNUSUAL);
    clock.advance(23 * HOUR);
    await open(fresh.orderId);
    expect(await told()).toEqual([]);
    expect((await trailOf(db, fresh.first))[0]?.details).not.toHaveProperty("old");
    const halves = [await order(OLD_UNUSUAL / 2), await order(OLD_UNUSUAL / 2)];
    clock.advance(25 * HOUR);
    for (const { orderId } of halves) {
      await open(orderId);
      clock.advance(HOUR + 1);
    }
    expect(await told()).toEqual([]);
  });

  it("is quiet again a day later, an hour after the last old one; new ones don't count", async () => {
    const old = await order(OLD_UNUSUAL);
    clock.advance(25 * HOUR);
    await open(old.orderId);
    clock.advance(24 * HOUR);
    await open(old.orderId);
    await quietReveals(ctx);
    expect(await told()).toHaveLength(1);
    clock.advance(HOUR);
    await open((await order(1)).orderId);
    await quietReveals(ctx);
    expect(await told()).toEqual([]);
  });
});
