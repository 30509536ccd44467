export const DELIVERY_STATES = ["pending", "success", "failed", "not_apply"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What may follow what. Sending again makes a new delivery of the same event. */
const MOVES: Record<DeliveryState, readonly DeliveryState[]> = {
  pending: ["success", "failed", "not_apply"],
  success: [],
  failed: [],
  not_apply: ["pending"],
};

export const mayMove = (from: DeliveryState, to: DeliveryState): boolean =>
  MOVES[from].includes(to);

/** As outsiders know them. */
export const stateWord = (state: DeliveryState): string => state.toUpperCase();
