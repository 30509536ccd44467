import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claimSends } from "#lib/orders/claims.ts";
import { accepted, supplierOrder } from "#lib/orders/observations.fixture.ts";
import { place, whole } from "#lib/orders/orders.fixture.ts";
import { workOnClaim } from "#lib/orders/work-on-order.ts";
import type { Supplier } from "#lib/suppliers/port.ts";
import { scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase, type TestDatabase } from "#prisma/test-database.ts";
import { engineHealth } from "./read.ts";
import { runCron } from "./run-cron.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

/** A supplier with an empty catalogue, whose orders are done as soon as they are paid. */
async function context(script: Partial<Supplier> = {}) {
  let ids = 0;
  const supplier = scriptedSupplier({
    getBalances: async () =>
      accepted([{ currency: "USD", available: "10", reserved: "0", pending: "0" }]),
    listCategories: async () => accepted({ items: [], next: null }),
    listOrders: async () => accepted({ items: [], next: null }),
    createOrder: async () =>
      accepted(supplierOrder("awaiting_payment", { supplierOrderId: `supplier-order-${++ids}` })),
    payOrder: async (supplierOrderId) => accepted(supplierOrder("completed", { supplierOrderId })),
    ...script,
  });
  return testContext(database.db, supplier, { now: () => new Date() });
}

const took = async <T>(work: Promise<T>): Promise<{ ms: number; value: T }> => {
  const began = performance.now();
  const value = await work;
  return { ms: performance.now() - began, value };
};

describe("runCron", () => {
  it("does what is due and the chores, and stops early when nothing more falls due", {
    timeout: 120_000,
  }, async () => {
    const ctx = await context();
    const standing = await place(ctx);
    for (const claim of await claimSends(ctx, 1)) await workOnClaim(ctx, claim);
    const orderId = await place(ctx);
    await ctx.db.order.update({
      where: { id: standing },
      data: {
        nextPollAt: new Date(Date.now() + 3_600_000),
        statusChangedAt: new Date(Date.now() - 3_600_000),
      },
    });
    const { ms, value } = await took(runCron(ctx, 50_000));
    expect(ms).toBeLessThan(45_000);
    expect(value).toEqual({ worked: 1 });
    expect(await whole(ctx.db, orderId)).toMatchObject({ status: "completed" });
    expect(await ctx.db.balanceSample.count()).toBeGreaterThan(0);
    // What the run found is told when it is over, though nothing runs for a minute.
    expect(
      await ctx.db.alert.findMany({ where: { subject: standing, state: "open" } }),
    ).toMatchObject([{ kind: "stalled" }]);
    expect(await ctx.db.supplier.findMany()).toMatchObject([{ auditedAt: expect.any(Date) }]);
    // The check of the invariants ran, and found nothing.
    expect(await ctx.db.systemSignal.findMany({ where: { clearedAt: null } })).toEqual([]);
    expect(await ctx.db.catalogWalk.findMany()).toMatchObject([{ finishedAt: expect.any(Date) }]);
    expect(await ctx.db.orderSignal.findMany()).toMatchObject([{ key: "stalled" }]);
    expect(await ctx.db.engineRun.findMany()).toMatchObject([
      { kind: "cron", looks: 1, stoppedAt: expect.any(Date) },
    ]);
    expect(await engineHealth(ctx)).toMatchObject({ health: "ok", workers: 0 });
  });

  it("does the chores also when there is no order at all", async () => {
    const ctx = await context();
    expect(await runCron(ctx, 30_000)).toEqual({ worked: 0 });
    expect(await ctx.db.balanceSample.count()).toBe(1);
  });

  it("stops at its deadline although there is always more to do", async () => {
    // A catalogue without end.
    const ctx = await context({ listCategories: async () => accepted({ items: [], next: "on" }) });
    const { ms } = await took(runCron(ctx, 1_000));
    expect(ms).toBeGreaterThanOrEqual(950);
  });

  it("finishes what is in flight at its deadline, and begins nothing after it", async () => {
    let answer: () => void = () => undefined;
    const createOrder = vi.fn<Supplier["createOrder"]>(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(accepted(supplierOrder("awaiting_payment")));
        }),
    );
    const payOrder = vi.fn<Supplier["payOrder"]>();
    const ctx = await context({ createOrder, payOrder });
    const orderId = await place(ctx);
    const run = runCron(ctx, 10_000);
    const over = new Promise((resolve) =>
      AbortSignal.timeout(10_100).addEventListener("abort", resolve),
    );
    await vi.waitFor(() => expect(createOrder).toHaveBeenCalledOnce(), { timeout: 9_900 });
    await over;
    answer();
    await run;
    expect(await whole(ctx.db, orderId)).toMatchObject({
      status: "awaiting_payment",
      leaseToken: null,
    });
    expect(payOrder).not.toHaveBeenCalled();
  });

  it("may come twice at once, and beside a worker", async () => {
    const ctx = await context();
    const ids = await Promise.all(Array.from({ length: 10 }, () => place(ctx)));
    const runs = await Promise.all([
      runCron(ctx, 20_000),
      runCron(ctx, 20_000),
      runCron(ctx, 20_000),
    ]);
    expect(runs.reduce((sum, { worked }) => sum + worked, 0)).toBe(10);
    for (const id of ids) {
      const { attempts, status } = await whole(ctx.db, id);
      expect(status).toBe("completed");
      expect(attempts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
        "create accepted",
        "pay accepted",
      ]);
    }
  });

  it("may come five times at once after a skipped hour: each order is looked at once", async () => {
    const asked = new Map<string, number>();
    const ctx = await context({
      async getOrder(supplierOrderId) {
        asked.set(supplierOrderId, (asked.get(supplierOrderId) ?? 0) + 1);
        await new Promise((resolve) => setImmediate(resolve));
        return accepted(supplierOrder("completed", { supplierOrderId }));
      },
    });
    const ids = await Promise.all(Array.from({ length: 30 }, () => place(ctx)));
    const names = ids.map((_, number) => `supplier-order-late-${number}`);
    await ctx.db.$executeRaw`
      update orders o set status = 'processing', supplier_order_id = named.name, next_poll_at = now() - interval '1 hour',
        lease_token = gen_random_uuid(), lease_until = now() - interval '59 minutes'
      from unnest(${ids}::uuid[], ${names}::text[]) named (id, name) where o.id = named.id`;
    const runs = await Promise.all(Array.from({ length: 5 }, () => runCron(ctx, 20_000)));
    expect(runs.reduce((sum, { worked }) => sum + worked, 0)).toBe(30);
    expect([...asked.keys()].sort()).toEqual([...names].sort());
    expect([...asked.values()]).toEqual(names.map(() => 1));
    for (const id of ids) {
      expect(await whole(ctx.db, id)).toMatchObject({ status: "completed", leaseToken: null });
    }
  });

  it("ends when a chore fails, and leaves the rest done", async () => {
    const ctx = await context({ getBalances: () => Promise.reject(new Error("bug")) });
    const orderId = await place(ctx);
    await ctx.db.$executeRaw`drop table balance_samples cascade`;
    await runCron(ctx, 30_000);
    expect(await whole(ctx.db, orderId)).toMatchObject({ status: "completed" });
  });
});
