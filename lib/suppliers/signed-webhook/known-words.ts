import type { KnownCodes } from "../http/error-body.ts";
import type { RefusalClass, SupplierOrderState } from "../port.ts";

/** What a message is about, in our words. `status`: only its status says where the order stands. */
export const EVENT_MEANINGS = [
  "created",
  "fulfilled",
  "failed",
  "cancelled",
  "refunded",
  "status",
  "balance_low",
  "test",
] as const;
export type EventMeaning = (typeof EVENT_MEANINGS)[number];

/** Where an order stands after such a message; null: the message alone doesn't say. */
export const STATE_AFTER: Record<EventMeaning, KnownState | null> = {
  created: "processing",
  fulfilled: "completed",
  failed: "failed",
  cancelled: "cancelled",
  refunded: "refunded",
  status: null,
  balance_low: null,
  test: null,
};

export const KNOWN_STATES = [
  "awaiting_payment",
  "paid",
  "processing",
  "completed",
  "cancelled",
  "failed",
  "refunded",
] as const satisfies readonly SupplierOrderState[];
export type KnownState = (typeof KNOWN_STATES)[number];

/** Words that mean the same wherever they are used. A supplier's own come on top, or say otherwise. */
export const COMMON_STATUSES: Readonly<Record<string, KnownState>> = {
  created: "processing",
  accepted: "processing",
  pending: "processing",
  processing: "processing",
  in_progress: "processing",
  fulfilled: "completed",
  delivered: "completed",
  completed: "completed",
  success: "completed",
  succeeded: "completed",
  // What is missing then shows in its codes.
  partial: "completed",
  partially_fulfilled: "completed",
  failed: "failed",
  rejected: "failed",
  cancelled: "cancelled",
  canceled: "cancelled",
  refunded: "refunded",
};

export const COMMON_EVENTS: Readonly<Record<string, EventMeaning>> = {
  "order.created": "created",
  "order.fulfilled": "fulfilled",
  "order.completed": "fulfilled",
  "order.failed": "failed",
  "order.cancelled": "cancelled",
  "order.canceled": "cancelled",
  "order.refunded": "refunded",
  "order.updated": "status",
  "order.status_changed": "status",
  "balance.low": "balance_low",
  test: "test",
  ping: "test",
  "webhook.test": "test",
};

/** Codes that can only mean one thing, spelt as `KnownCodes` wants them. */
const COMMON_ERRORS: readonly [string, RefusalClass][] = [
  ["BALANCENOTENOUGH", "balance"],
  ["INSUFFICIENTBALANCE", "balance"],
  ["INSUFFICIENTFUNDS", "balance"],
  ["OUTOFSTOCK", "out_of_stock"],
  ["SOLDOUT", "out_of_stock"],
  ["INSUFFICIENTSTOCK", "out_of_stock"],
  ["PRICECHANGED", "price_changed"],
  ["PRICEMISMATCH", "price_changed"],
  ["DUPLICATEREFERENCE", "conflict"],
  ["REFERENCEALREADYUSED", "conflict"],
  ["ORDERALREADYEXISTS", "conflict"],
  ["ORDERNOTFOUND", "not_found"],
];

/** `balance_not_enough` and `BALANCE-NOT-ENOUGH` are one code. */
export const plainCode = (code: string): string => code.replace(/[_\s-]/g, "").toUpperCase();

export const plainWord = (word: string): string => word.trim().toLowerCase();

export function knownCodes(own: Readonly<Record<string, RefusalClass>>): KnownCodes {
  const named = Object.entries(own).map(([code, means]) => [plainCode(code), means] as const);
  return new Map([...COMMON_ERRORS, ...named]);
}
