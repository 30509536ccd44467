import { SealError } from "#lib/platform/gcm.ts";
import { pause } from "#lib/platform/pause.ts";

/** Together about a minute: long enough for a database to be restarted. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Tries again what fails while the database is being started; throws the last failure once the
 * patience is over, `signal` has aborted, or a key is missing.
 */
export async function withPatience<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  waitsMs: readonly number[] = WAITS_MS,
): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await attempt();
    } catch (error) {
      // No waiting brings back a key.
      if (signal.aborted || error instanceof SealError) throw error;
      await pause(waitMs, signal);
    }
  }
  return attempt();
}
