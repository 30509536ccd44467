/** A message is as fresh as its signed time says; further off it may be one that somebody kept. */
export const TOLERANCE_MS = 5 * 60_000;

/** Whether a signed time in seconds is near enough, before or after; null where it is no time. */
export function isFresh(seconds: string, now: Date): boolean | null {
  if (!/^[0-9]{1,12}$/.test(seconds)) return null;
  return Math.abs(now.getTime() - Number(seconds) * 1000) <= TOLERANCE_MS;
}
