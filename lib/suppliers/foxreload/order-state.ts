import type { ListedState, SupplierOrderState } from "../port.ts";

const STATES = new Map<string, SupplierOrderState>([
  ["active", "awaiting_payment"],
  ["paid", "paid"],
  ["processing", "processing"],
  ["completed", "completed"],
  ["cancelled", "cancelled"],
  ["failed", "failed"],
]);

/** Our state for FoxReload's word; `unknown` for any word outside the six documented ones. */
export function orderState(word: string): SupplierOrderState {
  return STATES.get(word.toLowerCase()) ?? "unknown";
}

/** FoxReload's word for a state that its list may be asked for. */
export const wordOf = (state: ListedState): string => state;
