import type { SupplierOrderState } from "#lib/suppliers/port.ts";

export type OrderStatus =
  | "submitting"
  | "unconfirmed"
  | "rejected"
  | "awaiting_payment"
  | "paid"
  | "processing"
  | "completed"
  | "partial"
  | "cancelled"
  | "failed"
  | "refunded";

/** How far along each status is. A move to a lower rank is a stale answer. */
const RANK: Record<OrderStatus, number> = {
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

export const ORDER_STATUSES = Object.keys(RANK) as OrderStatus[];

/** Nothing more will happen by itself (a `partial` order may still get its missing codes). */
export const FINISHED_STATUSES = [
  "rejected",
  "completed",
  "partial",
  "cancelled",
  "failed",
  "refunded",
] as const;

export const isFinished = (status: OrderStatus): boolean =>
  (FINISHED_STATUSES as readonly OrderStatus[]).includes(status);

/** The engine goes on working on these; `unconfirmed` waits for a person. */
export const WAITING_STATUSES = ["submitting", "awaiting_payment", "paid", "processing"] as const;

export const isOpen = (status: OrderStatus): boolean =>
  (WAITING_STATUSES as readonly OrderStatus[]).includes(status);

/** A partial order may be looked at for its missing codes; that look decides whether it goes on. */
export const isWatched = (status: OrderStatus): boolean => isOpen(status) || status === "partial";

export type ItemProgress = {
  quantity: number;
  /** Top-ups and services have nothing to hand out. */
  isService: boolean;
  hasError: boolean;
  /** Codes of ours and of this answer together. */
  codes: number;
};

export type Step =
  | { kind: "moved"; to: OrderStatus }
  | { kind: "unchanged" }
  /** The answer is older than what we know: noted, otherwise ignored. */
  | { kind: "backward" }
  /** A word that we don't know: not terminal, polled on, shown to a person. */
  | { kind: "unknown_word" };

/** What an observed supplier state makes of an order's status. Only ever moves forward. */
export function step(
  current: OrderStatus,
  observed: SupplierOrderState,
  items: ItemProgress[],
): Step {
  if (observed === "unknown") return { kind: "unknown_word" };
  const to = observed === "completed" ? completion(items) : observed;
  if (to === current) return { kind: "unchanged" };
  // Cancelled, failed and completed are final but for a refund; partial may still become completed.
  const goesOn =
    to === "refunded" ? current !== "rejected" : current === "partial" && to === "completed";
  if (isFinished(current) && !goesOn) return { kind: "backward" };
  if (RANK[to] < RANK[current]) return { kind: "backward" };
  return { kind: "moved", to };
}

/** Completed only when every item is whole: no error, and a code for each unit that has one. */
function completion(items: ItemProgress[]): "completed" | "partial" {
  return items.every((item) => !item.hasError && !isShort(item)) ? "completed" : "partial";
}

/** Fewer codes than units, and no error that would explain it. */
export const isShort = (item: ItemProgress): boolean =>
  !item.isService && !item.hasError && item.codes < item.quantity;
