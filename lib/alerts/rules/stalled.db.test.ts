import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { isFinished, isOpen, ORDER_STATUSES } from "#lib/orders/lifecycle.ts";
import { codes, supplierItem, supplierOrder } from "#lib/orders/observations.fixture.ts";
import { openSignals, timelineKinds, whole } from "#lib/orders/orders.fixture.ts";
import { listOrders } from "#lib/orders/read-orders.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import { configurePolling } from "#lib/polling/configure-polling.ts";
import {
  createOrder,
  createProduct,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";

import type { RuleContext } from "./rule.ts";
import { stalled } from "./stalled.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const minutesAgo = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000);

beforeEach(async () => {
  await db.$executeRaw`update orders set status_changed_at = now() + interval '1 year', told_since = null`;
});

async function standing(minutes: number, facts: Parameters<typeof createOrder>[2] = {}) {
  const statusChangedAt = minutesAgo(minutes);
  const { order } = await createOrder(db, ctx.account.id, { statusChangedAt, ...facts });
  return order;
}

const moved = ({ id, supplierOrderId }: Awaited<ReturnType<typeof standing>>, state: "completed") =>
  recordObservations(ctx, [
    {
      orderId: id,
      source: "look",
      answer: {
        kind: "order",
        order: supplierOrder(state, {
          supplierOrderId: supplierOrderId ?? "",
          // A code of its own, or that would be said too.
          items: [supplierItem({ codes: codes(id) })],
        }),
      },
      attemptId: null,
      leaseToken: null,
    },
  ]);

const countStalls = () => db.orderSignal.count({ where: { key: "stalled" } });

/** Answers how many are new, where nobody else flags meanwhile. */
async function flagStalls(context: RuleContext = ctx): Promise<number> {
  const before = await countStalls();
  await stalled.judge(context);
  return (await countStalls()) - before;
}

describe("stalled", () => {
  it("flags an order that has stood for ten minutes, once", async () => {
    const [young, old] = [await standing(9), await standing(10)];
    expect(await flagStalls()).toBe(1);
    expect(await flagStalls()).toBe(0);
    expect(openSignals(await whole(db, young.id))).toEqual([]);
    const order = await whole(db, old.id);
    expect(order.signals).toMatchObject([{ key: "stalled", data: { status: "processing" } }]);
    expect(timelineKinds(order)).toEqual(["signal_opened"]);
  });

  it("counts from when the supplier says that the order came there", async () => {
    const toldSince = minutesAgo(10);
    const [late] = [
      await standing(3, { toldSince }),
      await standing(3, { toldSince: minutesAgo(9) }),
    ];
    expect(await flagStalls()).toBe(1);
    expect((await whole(db, late.id)).signals).toMatchObject([
      { key: "stalled", data: { since: toldSince.toISOString() } },
    ]);
  });

  it("goes by what is set for the supplier, as do the pages", async () => {
    const order = await standing(3);
    const pageSignals = async () => {
      const { rows } = await listOrders(ctx, testActor("viewer"), { search: order.id });
      return rows.map(({ signals }) => signals);
    };
    const set = (stalledAfterMs: number) =>
      db.$transaction((tx) => configurePolling(tx, ctx.account.id, { stalledAfterMs }));
    expect(await flagStalls()).toBe(0);
    expect(await pageSignals()).toEqual([[]]);
    await set(180_000);
    expect(await pageSignals()).toEqual([["stalled"]]);
    const attention = await listOrders(ctx, testActor("viewer"), { attention: "1" });
    expect(attention.rows.map(({ id }) => id)).toContain(order.id);
    expect(await flagStalls()).toBe(1);
    await db.pollingPlan.deleteMany();
  });

  it("goes by what is set for the slowest product of the order, as do the pages", async () => {
    const day = 24 * 60 * 60_000;
    const supplierId = ctx.account.id;
    await createProduct(db, supplierId, { externalId: "quick", stalledAfterMs: 120_000 });
    await createProduct(db, supplierId, { externalId: "patient", stalledAfterMs: day });
    const order = async (externalId: string) =>
      createOrder(db, supplierId, { statusChangedAt: minutesAgo(15) }, { externalId });
    const [{ order: quick }, { order: patient }] = [await order("quick"), await order("patient")];
    const { order: mixed } = await order("quick");
    await db.orderItem.create({
      data: {
        ...{ id: ctx.newId(), orderId: mixed.id, position: 1, externalId: "patient" },
        ...{ productName: "Patience", isService: false, quantity: 1, unitPrice: "1" },
      },
    });
    const young = await createOrder(
      db,
      supplierId,
      { statusChangedAt: minutesAgo(3) },
      { externalId: "quick" },
    );
    const ids = [quick.id, patient.id, mixed.id, young.order.id];
    const attention = await listOrders(ctx, testActor("viewer"), { attention: "1" });
    const shown = attention.rows.filter(({ id }) => ids.includes(id));
    expect(shown.map(({ id }) => id).sort()).toEqual([quick.id, young.order.id].sort());
    expect(shown.every(({ signals }) => signals.includes("stalled"))).toBe(true);
    await flagStalls();
    const flagged = await db.orderSignal.findMany({ where: { orderId: { in: ids } } });
    expect(flagged.map(({ orderId }) => orderId).sort()).toEqual([quick.id, young.order.id].sort());
    await db.product.updateMany({ data: { stalledAfterMs: day } });
    await stalled.judge(ctx);
    for (const id of ids) expect(openSignals(await whole(db, id))).toEqual([]);
    expect(timelineKinds(await whole(db, quick.id))).toEqual(["signal_opened", "signal_cleared"]);
    await db.product.updateMany({ data: { stalledAfterMs: null } });
  });

  it("flags the open states only", async () => {
    const byStatus = new Map<string, string>();
    for (const status of ORDER_STATUSES) {
      const { id } = await standing(60, {
        status,
        nextPollAt: isOpen(status) ? new Date() : null,
        finishedAt: isFinished(status) ? new Date() : null,
        ...(status === "rejected" ? { rejection: { class: "balance" } } : {}),
      });
      byStatus.set(id, status);
    }
    await flagStalls();
    const flagged = await db.orderSignal.findMany({
      where: { orderId: { in: [...byStatus.keys()] } },
    });
    expect(flagged.map(({ orderId }) => byStatus.get(orderId))).toEqual(
      ORDER_STATUSES.filter(isOpen),
    );
  });

  it("opens one signal, however many flag at once", async () => {
    const orders = [];
    for (let index = 0; index < 12; index++) orders.push(await standing(30));
    const before = await countStalls();
    await Promise.all(Array.from({ length: 6 }, () => stalled.judge(ctx)));
    expect((await countStalls()) - before).toBe(12);
    for (const { id } of orders) expect((await whole(db, id)).signals).toHaveLength(1);
  });

  it("is over when the order moves, and opens anew at the next stall", async () => {
    const order = await standing(30, { status: "paid" });
    await flagStalls();
    await recordObservations(ctx, [
      {
        orderId: order.id,
        source: "look",
        answer: {
          kind: "order",
          order: supplierOrder("processing", { supplierOrderId: order.supplierOrderId ?? "" }),
        },
        attemptId: null,
        leaseToken: null,
      },
    ]);
    expect(openSignals(await whole(db, order.id))).toEqual([]);
    await db.order.update({ where: { id: order.id }, data: { statusChangedAt: minutesAgo(11) } });
    expect(await flagStalls()).toBe(1);
    const { signals } = await whole(db, order.id);
    expect(signals.map(({ data }) => data)).toMatchObject([
      { status: "paid" },
      { status: "processing" },
    ]);
  });

  it("leaves no signal on an order that moves just while it is flagged", async () => {
    for (let round = 0; round < 15; round++) {
      const order = await standing(30);
      await Promise.all([flagStalls(), moved(order, "completed"), flagStalls()]);
      expect(openSignals(await whole(db, order.id))).toEqual([]);
    }
  });

  it("flags what was picked only if it still stands, seen under the lock", async () => {
    const order = await standing(30);
    // Moves between the choice of orders and the flagging of the first one.
    const between = new Proxy(db, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name !== "$transaction") return value;
        return async (...args: unknown[]) => {
          await moved(order, "completed");
          return value.apply(target, args);
        };
      },
    });
    expect(await flagStalls({ ...ctx, db: between })).toBe(0);
    expect(openSignals(await whole(db, order.id))).toEqual([]);
  });
});
