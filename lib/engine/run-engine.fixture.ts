/** A supplier in a hurry, orders at it, and a way to hurry ours: for tests of whole runs. */

import { expect, vi } from "vitest";
import { openCode, placeOf } from "#lib/codes/code-seal.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { place } from "#lib/orders/orders.fixture.ts";
import { openSupplier, productFacts, type Truth } from "#lib/orders/simulated.fixture.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";

/** Every shape of delivery, with what it needs. */
export const PRODUCTS = [
  "test-plain-codes",
  "test-codes-as-objects",
  "test-code-pin-and-serial",
  "test-pin-only",
  "test-codes-in-one-object",
  "test-esim",
  "test-account",
  "test-service-without-codes",
] as const;

/** The simulator on the real clock, each order done within half a second. */
export async function openFastSupplier(db: Db, options: Parameters<typeof openSupplier>[1] = {}) {
  const supplier = await openSupplier(db, {
    now: Date.now,
    timing: { paidMs: { minMs: 10, maxMs: 50 }, completeMs: { minMs: 50, maxMs: 500 } },
    ...options,
  });
  // Quiet: what these tests break on purpose would fill the screen.
  const ctx: typeof supplier.ctx = {
    ...supplier.ctx,
    now: () => new Date(),
    random: Math.random,
    log: createLog("silent", []),
  };
  return { ...supplier, ctx };
}

type FastSupplier = Awaited<ReturnType<typeof openFastSupplier>>;

/** One to three of each product in turn. */
export async function placeMany({ ctx }: Pick<FastSupplier, "ctx">, count: number) {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const slug = PRODUCTS[index % PRODUCTS.length] ?? PRODUCTS[0];
    ids.push(await place(ctx, productFacts(slug), { quantity: 1 + (index % 3) }));
  }
  return ids;
}

/**
 * Nobody waits: orders and frozen gates are due now, dead leases have run out, and unclear creates were
 * sent a minute, looks at gates made half a minute earlier than they were.
 */
export async function hurry(db: Db, options: { deadLeases?: boolean } = {}) {
  await db.$executeRaw`update orders set next_poll_at = now() where next_poll_at > now() and lease_token is null`;
  await db.$executeRaw`update placement_gates set next_pass_at = now() where next_pass_at > now() and lease_token is null`;
  await db.$executeRaw`
    update order_attempts set started_at = started_at - interval '60 seconds'
    where kind = 'create' and outcome = 'unknown' and resolution is null`;
  await db.$executeRaw`
    update gate_passes p set started_at = p.started_at - interval '30 seconds'
    from placement_gates g
    where g.supplier_id = p.supplier_id and g.fingerprint = p.fingerprint and g.frozen_at is not null`;
  if (options.deadLeases) {
    await db.$executeRaw`update placement_gates set lease_until = now() - interval '1 second' where lease_until is not null`;
    await db.$executeRaw`update orders set lease_until = now() - interval '1 second' where lease_until is not null`;
  }
  await db.supplier.updateMany({ data: { blockedUntil: null } });
}

/**
 * Until the engine has nothing left to do, and nothing left to clear up. Leases of work that broke off run
 * out after 10 s; who is at work renews them every 5.
 */
export async function settled(db: Db, timeout = 60_000) {
  await vi.waitFor(
    async () => {
      await hurry(db);
      await db.$executeRaw`
        update orders set lease_until = now() - interval '1 second'
        where lease_until < now() + interval '10 seconds'`;
      expect(await db.order.count({ where: { nextPollAt: { not: null } } })).toBe(0);
      const inDoubt = { frozenAt: { not: null }, NOT: { waitsFor: "person" } };
      expect(await db.placementGate.count({ where: inDoubt })).toBe(0);
    },
    { timeout, interval: 250 },
  );
}

/** The codes that the simulator delivered for an order, one entry each, as they were sent. */
const delivered = (order: Truth["orders"][number]): unknown[] =>
  order.items.flatMap(({ codes }) =>
    codes.flatMap((code) =>
      typeof code === "object" && code !== null && "codes" in code
        ? (code.codes as unknown[])
        : [code],
    ),
  );

/**
 * Holds our orders against the supplier's truth: each supplier order belongs to one of ours, is paid
 * once at the most, and each completed one's codes are stored as they were sent, place by place.
 */
export async function compare(ctx: OrdersContext, truth: Truth) {
  const orders = await ctx.db.order.findMany({
    include: { items: { include: { codes: { orderBy: { position: "asc" } } } } },
  });
  const known = new Map(orders.map((order) => [order.supplierOrderId, order]));
  let orphans = 0;
  for (const theirs of truth.orders) {
    expect(theirs.paidCount).toBeLessThanOrEqual(1);
    const ours = known.get(theirs.id);
    if (!ours) {
      orphans += 1;
      // Money moves only for orders whose id is stored.
      expect(theirs.paidCount).toBe(0);
      continue;
    }
    // An unclear payment settles for half a minute: until then an order may still wait for it.
    expect(ours.status).toBe(theirs.status === "active" ? "awaiting_payment" : theirs.status);
    if (theirs.status !== "completed") continue;
    const raws = await Promise.all(
      ours.items.flatMap((item) =>
        item.codes.map(async (code, index) => {
          expect(code.position).toBe(index);
          return (await openCode(ctx.sealer, placeOf(code), code.sealed)).raw;
        }),
      ),
    );
    const flat = raws.map((raw) =>
      typeof raw === "object" && raw !== null && "codes" in raw ? (raw.codes as unknown[])[0] : raw,
    );
    expect(flat).toEqual(delivered(theirs));
  }
  return { orders, orphans };
}
