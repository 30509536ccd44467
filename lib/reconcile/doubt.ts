/** What is known of the orders of one basket that may or may not exist at the supplier. */

import { basketOfOrder } from "#lib/orders/order-basket.ts";
import {
  type Basket,
  compareBaskets,
  fingerprintOf,
  type ShownBasket,
} from "#lib/placement/basket.ts";
import type { GateKey } from "#lib/placement/gates.ts";
import type { Tx } from "#lib/platform/db.ts";
import { earliestThere, OWN_CLOCK_MARGIN_MS } from "./list-schedule.ts";

type Reader = Pick<Tx, "order" | "orderAttempt" | "supplierOrder" | "supplier">;

export type Doubt = GateKey & {
  basket: Basket;
  /** Creates whose outcome is unknown, of orders that wait for it; oldest first. */
  sends: { attemptId: string; orderId: string; at: Date }[];
  /** Creates that nobody has an answer to yet. */
  outstanding: number;
  /** Nobody's supplier orders that may be the goods; oldest first, those without a time last. */
  candidates: DoubtCandidate[];
  /** Before this, by the supplier's clock, nothing that was sent can have been created. */
  windowFrom: Date | null;
  clockOffsetMs: number | null;
  settlingMs: number;
  isExclusive: boolean;
};

export type DoubtCandidate = {
  supplierOrderId: string;
  state: string;
  word: string;
  total: string | null;
  currency: string | null;
  createdAt: Date | null;
  firstSeenAt: Date;
  match: "same" | "unclear";
};

/** Null where no order of ours ever asked for this basket. */
export async function readDoubt(db: Reader, key: GateKey): Promise<Doubt | null> {
  const { supplierId, fingerprint } = key;
  const asked = await db.order.findFirst({
    where: { supplierId, fingerprint },
    select: { id: true },
  });
  if (!asked) return null;
  const basket = await basketOfOrder(db, asked.id);
  const supplier = await db.supplier.findUniqueOrThrow({
    where: { id: supplierId },
    select: { clockOffsetMs: true, settlingMs: true, isExclusive: true },
  });
  const attempts = await db.orderAttempt.findMany({
    where: {
      kind: "create",
      resolution: null,
      OR: [{ outcome: null }, { outcome: "unknown" }],
      order: { supplierId, fingerprint },
    },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      orderId: true,
      startedAt: true,
      outcome: true,
      order: { select: { status: true } },
    },
  });
  const sends = attempts
    .filter(({ outcome, order }) => outcome !== null && order.status === "unconfirmed")
    .map(({ id, orderId, startedAt }) => ({ attemptId: id, orderId, at: startedAt }));
  const since = sends[0]?.at ?? null;
  const windowFrom = since && earliestThere(since, supplier.clockOffsetMs);
  return {
    ...key,
    ...supplier,
    basket,
    sends,
    outstanding: attempts.filter(({ outcome }) => outcome === null).length,
    windowFrom,
    candidates: await findCandidates(db, key, basket, since, windowFrom),
  };
}

async function findCandidates(
  db: Reader,
  { supplierId }: GateKey,
  basket: Basket,
  since: Date | null,
  windowFrom: Date | null,
): Promise<DoubtCandidate[]> {
  // The mirror knew those before: they can't be what was sent since.
  const notBefore = since && new Date(since.getTime() - OWN_CLOCK_MARGIN_MS);
  const rows = await db.supplierOrder.findMany({
    where: {
      supplierId,
      attribution: null,
      ...(notBefore ? { firstSeenAt: { gte: notBefore } } : {}),
      ...(windowFrom ? { OR: [{ createdAt: null }, { createdAt: { gte: windowFrom } }] } : {}),
    },
    orderBy: [{ createdAt: { sort: "asc", nulls: "last" } }, { supplierOrderId: "asc" }],
    take: 200,
  });
  const hasMockTwin = await hasOther(db, supplierId, { ...basket, isMock: !basket.isMock });
  return rows.flatMap((row) => {
    // A supplier that doesn't say what is a mock leaves no doubt where we never sent both kinds.
    const isMock = row.isMock ?? (hasMockTwin ? null : basket.isMock);
    const shown: ShownBasket = {
      lines: row.items as ShownBasket["lines"],
      currency: row.currency,
      isMock,
    };
    const match = compareBaskets(basket, shown);
    if (match === "different") return [];
    const { supplierOrderId, state, word, currency, createdAt, firstSeenAt } = row;
    const total = row.total?.toFixed() ?? null;
    return [{ supplierOrderId, state, word, total, currency, createdAt, firstSeenAt, match }];
  });
}

async function hasOther(db: Reader, supplierId: string, basket: Basket): Promise<boolean> {
  const order = await db.order.findFirst({
    where: { supplierId, fingerprint: fingerprintOf(basket) },
    select: { id: true },
  });
  return order !== null;
}

/** When the last of the sends can't land any more, by our clock; null where none is unclear. */
export function settledAt({ sends, settlingMs }: Pick<Doubt, "sends" | "settlingMs">): Date | null {
  const last = sends.at(-1);
  return last ? new Date(last.at.getTime() + settlingMs) : null;
}
