/** Whether somebody does the work, and since when. Pure. */

/** A worker that hasn't beaten for this long is taken for dead. */
export const LATE_AFTER_MS = 20_000;
/** Cron comes each minute; two missed runs are a worry. */
export const CRON_LATE_AFTER_MS = 150_000;

export type EngineBeat = {
  kind: string;
  startedAt: Date;
  beatAt: Date;
  stoppedAt: Date | null;
};

/** Well while a worker beats, or while cron came by lately. */
export function isAwake(beats: readonly EngineBeat[], now: Date): boolean {
  const age = ({ beatAt }: EngineBeat) => now.getTime() - beatAt.getTime();
  return beats.some((beat) =>
    beat.kind === "worker"
      ? beat.stoppedAt === null && age(beat) < LATE_AFTER_MS
      : age(beat) < CRON_LATE_AFTER_MS,
  );
}

/**
 * Since when there was no longer pause between one sign of life and the next; null while nobody works. What was
 * not done before that, nobody could have done.
 */
export function awakeSince(beats: readonly EngineBeat[], now: Date): Date | null {
  if (!isAwake(beats, now)) return null;
  let since = now.getTime();
  for (const { startedAt, beatAt } of beats.toSorted(
    (left, right) => right.beatAt.getTime() - left.beatAt.getTime(),
  )) {
    if (since - beatAt.getTime() > CRON_LATE_AFTER_MS) break;
    since = Math.min(since, startedAt.getTime());
  }
  return new Date(since);
}
