import type { SupplierOrderState } from "../port.ts";

const STATES = new Map<string, SupplierOrderState>([
  ["CREATED", "awaiting_payment"],
  ["PENDING_PAYMENT", "awaiting_payment"],
  ["AWAITING_PAYMENT", "awaiting_payment"],
  ["AWAITING_PAYMENT_FROM_USER", "awaiting_payment"],
  ["AWAITING_CRYPTO_DEPOSIT", "awaiting_payment"],
  // A customer's word that money is under way, no proof of it: nothing is paid by that.
  ["PAYMENT_DONE_MARKED_BY_USER", "awaiting_payment"],
  ["CRYPTO_DEPOSIT_RECEIVED", "paid"],
  ["PROCESSING", "processing"],
  ["PENDING_DELIVERY", "processing"],
  ["PENDING_DELIVERY_FROM_OZZOBIT", "processing"],
  ["FIAT_PROCESSING", "processing"],
  ["FIAT_SENT", "processing"],
  ["COMPLETED", "completed"],
  ["FAILED", "failed"],
  ["CANCELLED", "cancelled"],
]);

/** Our state for OZZOBiT's word; `unknown`, which never ends an order, for any that its papers don't name. */
export function orderState(word: string): SupplierOrderState {
  return STATES.get(word.toUpperCase()) ?? "unknown";
}
