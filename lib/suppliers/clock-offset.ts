import type { CallTiming } from "./port.ts";

/** A slower call tells the supplier's time too badly. */
const SLOWEST_MS = 5_000;
/** The header names whole seconds, rounded down. */
const HALF_A_SECOND_MS = 500;

/**
 * The supplier's clock less ours, from one call that has ended at `now`; good to half a second plus
 * half of what the call took. Null where the call doesn't tell.
 */
export function clockOffsetMs(timing: CallTiming | undefined, now: Date): number | null {
  if (!timing?.firstByteAt || !timing.supplierClock) return null;
  const began = timing.firstByteAt.getTime();
  const tookMs = now.getTime() - began;
  if (tookMs < 0 || tookMs > SLOWEST_MS) return null;
  const offset = timing.supplierClock.getTime() + HALF_A_SECOND_MS - (began + tookMs / 2);
  // The column is a 32-bit integer; a clock that is off by weeks is none.
  return Math.abs(offset) < 2 ** 31 ? Math.round(offset) : null;
}
