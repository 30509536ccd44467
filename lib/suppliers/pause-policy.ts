/** A pause has an end, so that none is forgotten; it may be renewed. */
export const LONGEST_PAUSE_MS = 30 * 24 * 60 * 60_000;

/** Creating and paying orders, or asking where they stand. */
export type PausedWork = "ordering" | "polling";

/** A pause that lasts, as pages show it. */
export type PauseView = { until: string; why: string; by: string };

/** The columns that hold the pauses of an account; they outlast them. */
export type PauseColumns = {
  orderingPausedUntil: Date | null;
  orderingPausedWhy: string | null;
  orderingPausedBy: string | null;
  pollingPausedUntil: Date | null;
  pollingPausedWhy: string | null;
  pollingPausedBy: string | null;
};

/** Pure; null where the work isn't paused now. */
export function pauseOf(columns: PauseColumns, work: PausedWork, now: Date): PauseView | null {
  const [until, why, by] =
    work === "ordering"
      ? [columns.orderingPausedUntil, columns.orderingPausedWhy, columns.orderingPausedBy]
      : [columns.pollingPausedUntil, columns.pollingPausedWhy, columns.pollingPausedBy];
  if (until === null || until <= now) return null;
  return { until: until.toISOString(), why: why ?? "", by: by ?? "" };
}
