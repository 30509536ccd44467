import type { Refusal, SupplierOrder } from "#lib/suppliers/port.ts";

/** Something learnt about an order: an answer of the supplier's, or what its list showed. */
export type Observation = {
  orderId: string;
  /** `list`: found, or missed, by counting what the supplier lists; `person`: decided by somebody. */
  source: "create" | "pay" | "look" | "list" | "person";
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
    /** Whatever was sent, nobody waits for it any more. */
    | { kind: "given_up" };
  /** The attempt that this answers, closed in the same transaction; null for looks. */
  attemptId: string | null;
  /** The lease under which it was made; without it, or once lost, the due time is left alone. */
  leaseToken: string | null;
  /** Who decided so, and why; only for what a person did. */
  decidedBy?: { actor: string; reason: string };
  /** Right before the first byte was written; null where none was, or nobody knows. */
  firstByteAt?: Date | null;
};
