/**
 * Whose share of an account's budget a call is: what buys (and the reads around it), what clears up
 * doubt, what asks for open orders, what keeps catalogue and balance fresh.
 */
export type Slice = "purchase" | "reconcile" | "poll" | "refresh";

/** The most urgent first. */
export const SLICES: readonly Slice[] = ["purchase", "reconcile", "poll", "refresh"];
