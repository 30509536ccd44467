import type { Overview } from "#lib/orders/read-overview.ts";

/** Nothing open, nothing lately finished, nothing that needs a look. */
export function isQuiet(overview: Overview): boolean {
  return (
    Object.values(overview.counts).every((count) => count === 0) &&
    overview.attentionCount === 0 &&
    overview.recentlyDone.length === 0
  );
}
