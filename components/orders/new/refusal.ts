import type { RefusalClass } from "#lib/suppliers/port.ts";

/** Where a refusal is told: at the one line it must concern, above the lines, or at the total. */
export type RefusalPlace = "line" | "lines" | "total";

const CLASSES: Record<RefusalClass, RefusalPlace> = {
  price_changed: "total",
  balance: "total",
  payment_not_possible: "total",
  out_of_stock: "line",
  validation: "line",
  not_found: "line",
  auth: "lines",
  conflict: "lines",
  rate_limited: "lines",
  transient: "lines",
  unknown: "lines",
};

/** The class as it was stored, as one that we have words for. */
export function refusalClass(stored: string): RefusalClass {
  return Object.hasOwn(CLASSES, stored) ? (stored as RefusalClass) : "unknown";
}

export function refusalPlace(kind: RefusalClass, lines: number): RefusalPlace {
  const place = CLASSES[kind];
  return place === "line" && lines !== 1 ? "lines" : place;
}

/** After these the supplier is asked anew what it has and for how much. */
export const ASK_AGAIN: readonly RefusalClass[] = ["price_changed", "out_of_stock", "not_found"];
