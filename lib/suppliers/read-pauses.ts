import type { Tx } from "#lib/platform/db.ts";
import { type PauseColumns, type PausedWork, type PauseView, pauseOf } from "./pause-policy.ts";

/** What a page that shows pauses selects. */
export const PAUSE_SELECT = {
  orderingPausedUntil: true,
  orderingPausedWhy: true,
  orderingPausedBy: true,
  pollingPausedUntil: true,
  pollingPausedWhy: true,
  pollingPausedBy: true,
} as const satisfies Record<keyof PauseColumns, true>;

/** Of the accounts where anything is paused now, by their ids; mostly none. */
export type Pauses = ReadonlyMap<string, Record<PausedWork, PauseView | null>>;

export async function readPauses(db: Pick<Tx, "supplier">, now: Date): Promise<Pauses> {
  const rows = await db.supplier.findMany({
    where: { OR: [{ orderingPausedUntil: { gt: now } }, { pollingPausedUntil: { gt: now } }] },
    select: { id: true, ...PAUSE_SELECT },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { ordering: pauseOf(row, "ordering", now), polling: pauseOf(row, "polling", now) },
    ]),
  );
}
