/** What must hold after every step, as far as it can be told by then. */
import { indexFromRef } from "../customers.ts";
import type { Simulation } from "../simulation.ts";
import { readStanding, type Standing } from "../standing.ts";
import { basketKeyOf } from "../truth.ts";

/** How far along a status is; those of one row are no step apart. */
const RANK: Record<string, number> = {
  submitting: 0,
  unconfirmed: 0,
  awaiting_payment: 1,
  paid: 2,
  processing: 3,
  partial: 4,
  completed: 5,
  cancelled: 5,
  failed: 5,
  rejected: 5,
  refunded: 6,
};

/** Looks at what has been committed and bought since the last time. */
export async function checkAlways(sim: Simulation): Promise<void> {
  if (sim.changed) {
    sim.changed = false;
    const now = await readStanding(sim.database.observer, sim.scheduler.now());
    sim.violations.push(...compareStandings(sim.standing, now));
    for (const { id, clientRef, status } of now.orders.values()) {
      const earlier = sim.standing.orders.get(id);
      const index = sim.indexOf.get(id) ?? indexFromRef(clientRef);
      sim.indexOf.set(id, index);
      if (earlier?.status !== status) sim.trace.note(`order ${index}`, status);
    }
    if (now.blockedUntil > sim.standing.blockedUntil) sim.silencedAt = sim.scheduler.now();
    sim.standing = now;
  }
  if (sim.moneyMoved) {
    sim.moneyMoved = false;
    sim.violations.push(...purchases(sim));
  }
}

/** What may not change, or not this way, between two looks. */
export function compareStandings(before: Standing, now: Standing): string[] {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  for (const order of now.orders.values()) {
    const { id, status, supplierOrderId, codes } = order;
    const earlier = before.orders.get(id);
    if (earlier && (RANK[status] ?? -1) < (RANK[earlier.status] ?? -1)) {
      problems.push(`I7: order ${id} went back from ${earlier.status} to ${status}`);
    }
    if (
      earlier &&
      RANK[earlier.status] === 5 &&
      status !== earlier.status &&
      status !== "refunded"
    ) {
      problems.push(`I7: order ${id} was ${earlier.status}, which is final, and became ${status}`);
    }
    if (earlier && codes < earlier.codes) problems.push(`I5: order ${id} lost stored codes`);
    if (earlier?.supplierOrderId && earlier.supplierOrderId !== supplierOrderId) {
      problems.push(`I2: order ${id} changed its supplier order`);
    }
    if (!supplierOrderId) continue;
    const owner = owners.get(supplierOrderId.toLowerCase());
    if (owner) problems.push(`I2: supplier order ${supplierOrderId} belongs to ${owner} and ${id}`);
    owners.set(supplierOrderId.toLowerCase(), id);
  }
  return problems;
}

/** What of a run tells who bought what. */
export type Purchasing = {
  plan: Pick<Simulation["plan"], "orders" | "breaks">;
  shop: Pick<Simulation["shop"], "orders">;
  truth: Pick<Simulation["truth"], "foreign">;
  basketOf: Simulation["basketOf"];
};

/**
 * I1, by the truth: of the supplier orders that our creates made, no more are paid than there are intents
 * for these goods. Which of two twins got which doesn't matter, and can't be told.
 */
export function purchases(sim: Purchasing): string[] {
  const problems: string[] = [];
  const paid = new Map<string, string[]>();
  for (const order of sim.shop.orders()) {
    if (order.paidTimes > 1) problems.push(`I1: supplier order ${order.id} was paid twice`);
    if (order.paidTimes === 0 || order.isMock || sim.truth.foreign.has(order.id)) continue;
    const key = basketKeyOf(order);
    paid.set(key, [...(paid.get(key) ?? []), order.id]);
  }
  if (sim.plan.breaks !== null) return problems;
  for (const [key, ids] of paid) {
    const intents = sim.plan.orders.filter((order) => sim.basketOf(order) === key).length;
    if (ids.length > intents) {
      problems.push(
        `I1: ${ids.length} supplier orders paid for ${intents} intents: ${ids.join(", ")}`,
      );
    }
  }
  return problems;
}
