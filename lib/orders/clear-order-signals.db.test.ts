import { afterAll, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { clearOrderSignals } from "./clear-order-signals.ts";
import { judgeSignals } from "./judge-signals.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier(), testClock());

it("clears the signals that somebody has dealt with, and none that came of the same since", async () => {
  const { order } = await createOrder(db, ctx.account.id);
  const judge = (holds: boolean) =>
    judgeSignals(ctx, "stalled", [order.id], async () => new Map(holds ? [[order.id, {}]] : []));
  const clear = (id: string) =>
    db.$transaction((tx) =>
      clearOrderSignals(tx, ctx, [{ id, orderId: order.id }], {
        actor: "Asha Rao",
        reason: "Done.",
      }),
    );
  const standing = () =>
    db.orderSignal.findFirstOrThrow({ where: { orderId: order.id, clearedAt: null } });
  await judge(true);
  const before = await standing();
  await judge(false);
  await judge(true);
  const since = await standing();
  expect(since.id).not.toBe(before.id);
  expect(await clear(before.id)).toEqual([]);
  expect(await standing()).toEqual(since);
  expect(await clear(since.id)).toEqual([{ orderId: order.id, key: "stalled" }]);
  expect(await db.orderSignal.count({ where: { clearedAt: null } })).toBe(0);
});
