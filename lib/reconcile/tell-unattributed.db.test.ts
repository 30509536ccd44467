import { afterAll, expect, it } from "vitest";
import { acknowledgeAlerts } from "#lib/alerts/acknowledge-alerts.ts";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { explainOrders } from "./explain-orders.ts";
import { markForeign } from "./mark-foreign.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const { id: supplierId } = ctx.account;
const ago = (ms: number) => new Date(clock.now().getTime() - ms);
/** Another process, whose clock is behind. */
const behind = { ...ctx, now: () => ago(4_000) };
const operator = testActor("operator");

const mirrored = (supplierOrderId: string) =>
  db.supplierOrder.create({
    data: {
      ...{ supplierId, supplierOrderId, state: "paid", word: "paid", items: [] },
      ...{ createdAt: clock.now(), firstSeenAt: clock.now(), lastSeenAt: clock.now() },
    },
  });
const explain = (by: typeof ctx) => db.$transaction((tx) => explainOrders(tx, by, supplierId));
const alert = async () => {
  while ((await raiseAlerts(ctx)) === "again");
  return db.alert.findFirstOrThrow({ where: { kind: "unattributed_supplier_order" } });
};
const acknowledge = ({ id, version }: { id: string; version: number }) =>
  acknowledgeAlerts(ctx, operator, { alerts: [{ id, version }], forMs: 3_600_000 });

it("one more is told of anew, whatever clocks say, and one less isn't", async () => {
  const { order } = await createOrder(db, supplierId, {
    ...{ status: "completed", nextPollAt: null, finishedAt: clock.now() },
  });
  const attempt = { id: ctx.newId(), orderId: order.id, kind: "create", outcome: "accepted" };
  const day = ago(24 * 3_600_000);
  await db.orderAttempt.create({ data: { ...attempt, startedAt: day, finishedAt: day } });
  await mirrored("one");
  await explain(ctx);
  await acknowledge(await alert());
  clock.advance(1_000);
  await mirrored("another");
  await explain(behind);
  const again = await alert();
  expect(again).toMatchObject({ state: "open", occurrences: 2, data: { count: 2 } });
  await acknowledge(again);
  await explain(ctx);
  const another = { supplierId, supplierOrderId: "another", reason: "Ordered in the shop." };
  await markForeign(ctx, operator, another, { address: null, correlationId: null });
  expect(await alert()).toMatchObject({ state: "acknowledged", occurrences: 2 });
});
