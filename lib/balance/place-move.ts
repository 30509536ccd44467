/** Whether a move is part of a step, by their times. Pure. */
import {
  END_READ_WITHIN_MS,
  LAG_MS,
  LATE_MS,
  REFUND_LATE_MS,
  SKEW_MS,
  STRAY,
  TOP_UP_LATE_MS,
} from "./explain-policy.ts";

export type Move = {
  id: string;
  kind: "order" | "refund" | "top_up" | "foreign" | "foreign_refund";
  /** Decimal text; what the account gains. */
  amount: string;
  /** It can't have happened before this. */
  earliestAt: Date;
  /** Of a payment: it had happened by then. Of a refund: the order had ended by then. Null: it is still open. */
  latestAt: Date | null;
  /** The money has moved, as far as anybody can tell; otherwise it may have. */
  isCertain: boolean;
  /** Of a refund: the supplier said that the money is back, where it mostly says that an order has ended. */
  isSaid: boolean;
  /** A payment and its refund share it. */
  belongsTo: string;
};

export type Window = {
  fromAt: Date;
  toAt: Date;
  /** What had moved by then is part of this step or of one before. */
  surelyBy: Date;
};

/** `strays`: how far it strays to think otherwise; null where there is no other way to think. */
export type Place = { isExpected: boolean; strays: number | null };

/**
 * Where a move stands to a step; null where it can't be part of it.
 * @param twin the refund of a payment, or the payment of a refund, while no step has it
 * @param refundsAtOnce whether an order's refund is expected with its end, or whenever it may come
 */
export function placeMove(
  move: Move,
  { fromAt, toAt, surelyBy }: Window,
  twin: Move | null,
  refundsAtOnce: boolean,
): Place | null {
  const { kind, latestAt, isCertain } = move;
  const [from, to] = [fromAt.getTime(), toAt.getTime()];
  const earliest = move.earliestAt.getTime();
  const latest = latestAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (earliest > to + SKEW_MS) return null;
  if (kind === "top_up") return from - earliest > TOP_UP_LATE_MS ? null : maybe(STRAY.top_up);
  if (kind === "refund" || kind === "foreign_refund") {
    if (from - earliest > REFUND_LATE_MS) return null;
    if (twin && isOverUnseen(twin, from)) return { isExpected: true, strays: STRAY.refund };
    return placeRefund(from, to, latest, refundsAtOnce || move.isSaid);
  }
  if (latest < from - LATE_MS) return null;
  if (!isCertain) {
    const likely = kind === "foreign" ? STRAY.foreign : STRAY.doubt;
    return maybe(latest < from - SKEW_MS ? likely + STRAY.lag : likely);
  }
  if (isOverUnseen(move, from)) {
    // Paid and given back between two samples: both are over, and nothing showed.
    const isBack = twin !== null && twin.earliestAt.getTime() <= to && twin.latestAt !== null;
    return isBack ? { isExpected: true, strays: STRAY.lag } : maybe(STRAY.lag);
  }
  if (earliest > to) return maybe(STRAY.skew);
  if (latest > to) return maybe(STRAY.in_flight);
  if (latest > surelyBy.getTime()) return { isExpected: true, strays: STRAY.in_flight };
  return { isExpected: true, strays: latest > to - LAG_MS ? STRAY.lag : null };
}

function placeRefund(from: number, to: number, endedBy: number, refundsAtOnce: boolean): Place {
  if (!refundsAtOnce || endedBy < from) return maybe(STRAY.refund);
  if (endedBy <= to) {
    const mayBeEarlier = endedBy - END_READ_WITHIN_MS < from;
    return { isExpected: true, strays: mayBeEarlier ? STRAY.in_flight : STRAY.refund };
  }
  return maybe(endedBy - END_READ_WITHIN_MS <= to ? STRAY.in_flight : STRAY.refund);
}

const maybe = (strays: number): Place => ({ isExpected: false, strays });

/** It should have shown before the step began. */
const isOverUnseen = ({ latestAt, isCertain }: Move, from: number): boolean =>
  isCertain && latestAt !== null && latestAt.getTime() < from - SKEW_MS;
