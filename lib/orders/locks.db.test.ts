import { afterAll, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openSignal } from "./open-signals.ts";
import { clearExtra } from "./record-extra.ts";
import { lockOrders } from "./store.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = (await db.supplier.findFirstOrThrow()).id;

/** Fails rather than wait. */
const impatient = "set local lock_timeout = '500ms'";

it("lets others write rows that name an order while it is locked, so that nobody waits in a circle", async () => {
  const { order } = await createOrder(db, supplierId);
  const data = { supplierOrderId: "EXTRA-1" };
  await db.$transaction((tx) =>
    openSignal(tx, ctx, order.id, "extra_supplier_order", data, clock.now()),
  );
  await db.$transaction(async (tx) => {
    await lockOrders(tx, [order.id]);
    await db.$transaction(async (other) => {
      await other.$executeRawUnsafe(impatient);
      await clearExtra(other, ctx, "extra-1");
    });
  });
  expect(await db.orderSignal.count({ where: { orderId: order.id, clearedAt: null } })).toBe(0);
});

it("is had at once while alerts are made of the order's signals, but by one at a time", async () => {
  const { order } = await createOrder(db, supplierId);
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`select 1 from orders where id = ${order.id}::uuid for key share`;
    await db.$transaction(async (other) => {
      await other.$executeRawUnsafe(impatient);
      await lockOrders(other, [order.id]);
    });
    await lockOrders(tx, [order.id]);
    const second = db.$transaction(async (other) => {
      await other.$executeRawUnsafe(impatient);
      await lockOrders(other, [order.id]);
    });
    await expect(second).rejects.toThrow(/lock timeout/);
  });
});
