import type { Pace } from "#lib/polling/look-schedule.ts";
import type { Refusal, SupplierOrder } from "#lib/suppliers/port.ts";
import type { OrderStatus } from "./lifecycle.ts";

/** Something learnt about an order: an answer of the supplier's, or what its list showed. */
export type Observation = {
  orderId: string;
  /**
   * `list`: found, or missed, by counting what the supplier lists; `search`: by asking it for our
   * reference; `push`: it told by itself, in full; `person`: decided by somebody.
   */
  source: "create" | "pay" | "look" | "list" | "search" | "push" | "person";
  answer:
    | { kind: "order"; order: SupplierOrder }
    /** Taken, but the answer doesn't carry the order (only a payment). */
    | { kind: "accepted" }
    | { kind: "refused"; refusal: Refusal }
    | { kind: "unknown"; reason: string; httpStatus: number | null }
    /** Not sent: an order for the same goods is in doubt. */
    | { kind: "held_back"; twin: string | null }
    /** What was sent made no order. */
    | { kind: "not_created" }
    /** The supplier knew of no order under our reference when it was asked, from `askedAt` on. */
    | { kind: "not_found"; askedAt: Date; pages: number }
    /** There is too much to be read for an order to be found, or found missing, by our reference. */
    | { kind: "not_searchable"; pages: number }
    /** Whatever was sent, nobody waits for it any more. */
    | { kind: "given_up" };
  /** The attempt that this answers, closed in the same transaction; null for looks. */
  attemptId: string | null;
  /** The lease under which it was made; without it, or once lost, the due time is left alone. */
  leaseToken: string | null;
  /** Whoever brings it pays the order at once where it can be paid, and keeps the lease for that. */
  keepsLease?: boolean;
  /** How its orders are to be looked at; the usual way where left out. */
  pace?: Pace;
  /** The supplier's word for what happened; only for what it told by itself. */
  event?: string;
  /** When that was, by its own clock; null where it doesn't say. */
  toldAt?: Date | null;
  /** Who decided so, and why; only for what a person did. */
  decidedBy?: { actor: string; reason: string };
  /** Right before the first byte was written; null where none was, or nobody knows. */
  firstByteAt?: Date | null;
};

/** What came of recording one. */
export type Recorded = {
  orderId: string;
  status: OrderStatus;
  /** The order came to another status by this. */
  moved: boolean;
  /** The lease was kept, for the order to be paid at once. */
  keptLease: boolean;
};
