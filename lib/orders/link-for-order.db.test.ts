import { afterAll, expect, it } from "vitest";
import { openOrderCodes } from "#lib/codes/open-order-codes.ts";
import { quietReveals } from "#lib/codes/quiet-reveals.ts";
import { OLD_UNUSUAL } from "#lib/codes/reveal-limits.ts";
import { REQUEST, stockOf, trailOf } from "#lib/codes/stocked.fixture.ts";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { linkForOrder } from "./link-for-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const base = await testContext(db, scriptedSupplier(), { now: clock.now });
const ctx = { ...base, consoleUrl: "https://ops.example.com/" };
const HOUR = 3_600_000;

const order = (codes: number, customerRef: string) =>
  stockOf(
    ctx,
    Array.from({ length: codes }, () => `CODE-${ctx.newId()}`),
    { status: "completed", nextPollAt: null, finishedAt: clock.now(), customerRef },
  );

it("counts the old codes that a key is told links to with those that it opens", async () => {
  const key = { kind: "key", id: ctx.newId(), name: "shop", scopes: ["codes:read"] } as const;
  const told = () =>
    db.systemSignal.findMany({ where: { key: "key_opens_old_codes", subject: key.id } });
  const half = OLD_UNUSUAL / 2;
  const [linked, opened] = [await order(half, "customer-1"), await order(half - 1, "customer-2")];
  const last = await order(1, "customer-3");
  clock.advance(25 * HOUR);
  const link = (orderId: string) => linkForOrder(ctx, key, orderId, REQUEST);
  for (let time = 0; time < 3; time += 1) {
    expect(await link(linked.orderId)).toMatchObject({ kind: "link" });
  }
  await openOrderCodes(ctx, key, { orderId: opened.orderId, after: null, limit: 100 }, REQUEST);
  expect(await told()).toEqual([]);
  await link(last.orderId);
  expect(await told()).toMatchObject([{ data: { count: OLD_UNUSUAL } }]);
  expect((await trailOf(db, last.orderId)).at(-1)).toMatchObject({
    ...{ action: "claim_link.told", details: { old: true } },
  });
  // It stays said while such links are told.
  clock.advance(25 * HOUR);
  await link(last.orderId);
  await quietReveals(ctx);
  expect(await told()).toMatchObject([{ clearedAt: null }]);
  clock.advance(2 * HOUR);
  await quietReveals(ctx);
  expect(await told()).toMatchObject([{ clearedAt: expect.any(Date) }]);
});
