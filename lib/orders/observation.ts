import type { Refusal, SupplierOrder } from "#lib/suppliers/port.ts";

/** Something learnt about an order: the answer to a create, a payment or a look. */
export type Observation = {
  orderId: string;
  source: "create" | "pay" | "look";
  answer:
    | { kind: "order"; order: SupplierOrder }
    /** Taken, but the answer doesn't carry the order (only a payment). */
    | { kind: "accepted" }
    | { kind: "refused"; refusal: Refusal }
    | { kind: "unknown"; reason: string; httpStatus: number | null };
  /** The attempt that this answers, closed in the same transaction; null for looks. */
  attemptId: string | null;
  /** The lease under which it was made; without it, or once lost, the due time is left alone. */
  leaseToken: string | null;
};
