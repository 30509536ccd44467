/** What is known of the orders of one basket that may or may not exist at the supplier. */

import { basketOfOrder } from "#lib/orders/order-basket.ts";
import { OWN_CLOCK_MARGIN_MS, settledAfter } from "#lib/orders/poll-schedule.ts";
import {
  type Basket,
  compareBaskets,
  fingerprintOf,
  type ShownBasket,
} from "#lib/placement/basket.ts";
import { readPlacementMode } from "#lib/placement/capabilities.ts";
import type { GateKey } from "#lib/placement/gates.ts";
import type { Tx } from "#lib/platform/db.ts";
import { earliestThere } from "./list-schedule.ts";

type Reader = Pick<
  Tx,
  "order" | "orderAttempt" | "supplierOrder" | "supplier" | "supplierCapability"
>;

export type Doubt = GateKey & {
  basket: Basket;
  /** Creates whose outcome is unknown, of orders that wait for it; oldest first. */
  sends: { attemptId: string; orderId: string; at: Date }[];
  /** Creates that nobody has an answer to yet, or that are repeated until somebody has. */
  outstanding: number;
  /** Nobody's supplier orders that may be the goods; oldest first, those that have run out last. */
  candidates: DoubtCandidate[];
  /** Before this, by the supplier's clock, nothing that was sent can have been created. */
  windowFrom: Date | null;
  /** As far back the list has to be read: a clock may have been set. */
  listFrom: Date | null;
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
  // Where creating is free, those that are being made again don't count: they cost nothing.
  const isGuarded = (await readPlacementMode({ db }, supplierId)) === "create_is_guarded";
  const isRepeated = ({ status }: { status: string }) => isGuarded && status === "submitting";
  const sends = attempts
    .filter(({ outcome, order }) => outcome !== null && order.status === "unconfirmed")
    .map(({ id, orderId, startedAt }) => ({ attemptId: id, orderId, at: startedAt }));
  const since = sends[0]?.at ?? null;
  const offsetMs = since && (await createdOffsetMs(db, supplierId, supplier.clockOffsetMs));
  const windowFrom = since && earliestThere(since, offsetMs);
  return {
    ...key,
    ...supplier,
    basket,
    sends,
    outstanding: attempts.filter(({ outcome, order }) => outcome === null || isRepeated(order))
      .length,
    windowFrom,
    listFrom: windowFrom && earlierBy(windowFrom, STEPPED_MS),
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
      ...(windowFrom
        ? { OR: [{ createdAt: null }, { createdAt: { gte: earlierBy(windowFrom, STEPPED_MS) } }] }
        : {}),
    },
    orderBy: [{ createdAt: { sort: "asc", nulls: "last" } }, { supplierOrderId: "asc" }],
  });
  const hasMockTwin = await hasOther(db, supplierId, { ...basket, isMock: !basket.isMock });
  // One that can still be had goes before one that has run out.
  const live = rows.toSorted((left, right) => Number(isOver(left)) - Number(isOver(right)));
  return live.flatMap((row) => {
    // A supplier that doesn't say what is a mock leaves no doubt where we never sent both kinds.
    const isMock = row.isMock ?? (hasMockTwin ? null : basket.isMock);
    const shown: ShownBasket = {
      lines: row.items as ShownBasket["lines"],
      currency: row.currency,
      isMock,
    };
    const compared = compareBaskets(basket, shown);
    if (compared === "different") return [];
    // Seen only since the send, and dated before it: its clock may have been set.
    const isTooOld = windowFrom !== null && row.createdAt !== null && row.createdAt < windowFrom;
    const match = isTooOld ? "unclear" : compared;
    const { supplierOrderId, state, word, currency, createdAt, firstSeenAt } = row;
    const total = row.total?.toFixed() ?? null;
    return [{ supplierOrderId, state, word, total, currency, createdAt, firstSeenAt, match }];
  });
}

/** A clock that is set, or a zone that is left out, moves an order's date by no more than this. */
const STEPPED_MS = 60 * 60_000;

const earlierBy = (at: Date, ms: number): Date => new Date(at.getTime() - ms);

const CALIBRATED_BY = 20;

/**
 * By how much the supplier dates its orders before or after our clock: the least of what its last
 * answers showed, since a date too early would hide an order. Its `Date` header may be another clock.
 */
async function createdOffsetMs(
  db: Reader,
  supplierId: string,
  clockOffsetMs: number | null,
): Promise<number | null> {
  const known = await db.supplierOrder.findMany({
    where: { supplierId, createdAt: { not: null }, attributedBy: "answer" },
    orderBy: { attributedAt: "desc" },
    take: CALIBRATED_BY,
    select: {
      createdAt: true,
      order: {
        select: {
          attempts: {
            where: { kind: "create", outcome: "accepted" },
            select: { startedAt: true },
          },
        },
      },
    },
  });
  const offsets = known.flatMap(({ createdAt, order }) => {
    const sent = order?.attempts[0]?.startedAt;
    return createdAt && sent ? [createdAt.getTime() - sent.getTime()] : [];
  });
  if (clockOffsetMs !== null) offsets.push(clockOffsetMs);
  return offsets.length === 0 ? null : Math.min(...offsets);
}

const isOver = ({ state }: { state: string }): boolean =>
  state === "cancelled" || state === "failed" || state === "refunded";

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
  return last ? settledAfter(last.at, settlingMs) : null;
}
