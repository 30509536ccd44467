import type { Tx } from "#lib/platform/db.ts";
import { readPollingSettings } from "#lib/polling/polling-settings.ts";
import { STALLED_AFTER_MS } from "./poll-schedule.ts";

/** Milliseconds in one open state that are a stall, for the suppliers where somebody has set it. */
export type StalledAfter = ReadonlyMap<string, number>;

export async function readStalledAfter({
  db,
}: {
  db: Pick<Tx, "pollingPlan">;
}): Promise<StalledAfter> {
  const plans = await db.pollingPlan.findMany({
    where: { NOT: { settings: { equals: {} } } },
    select: { supplierId: true, settings: true },
  });
  return new Map(
    plans.flatMap(({ supplierId, settings }) => {
      const { stalledAfterMs } = readPollingSettings(settings);
      return stalledAfterMs === null ? [] : [[supplierId, stalledAfterMs] as const];
    }),
  );
}

/** As lists of equal length, for SQL: since when an order of that supplier must have stood still. */
export function stalledSince(after: StalledAfter, now: Date) {
  const since = (ms: number) => new Date(now.getTime() - ms);
  return {
    suppliers: [...after.keys()],
    since: [...after.values()].map(since),
    otherwise: since(STALLED_AFTER_MS),
  };
}
