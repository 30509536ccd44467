import type { Overview } from "#lib/overview/types.ts";

/** Nothing open, nothing lately finished, nothing that needs a look. */
export function isQuiet({ counts, recentlyDone, alerts }: Overview): boolean {
  return (
    Object.values(counts).every((count) => count === 0) &&
    recentlyDone.length === 0 &&
    (alerts === null || alerts.worst.length === 0)
  );
}
