/** Upper ends of the slots that calls are counted in by how long they took; what took longer is in one more. */
const UPPER_MS = [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600];
/** No call may take longer than this. */
const MOST_MS = 35_000;

export const SLOTS = UPPER_MS.length + 1;

/** In which slot a call is counted that took so long. */
export function slotOf(tookMs: number): number {
  const at = UPPER_MS.findIndex((upper) => tookMs <= upper);
  return at === -1 ? UPPER_MS.length : at;
}

/** So many of a hundred calls took no longer, in whole milliseconds; null where there were none. Pure. */
export function percentile(slots: readonly number[], percent: number): number | null {
  const all = slots.reduce((sum, calls) => sum + calls, 0);
  if (all === 0) return null;
  let left = (percent / 100) * all;
  for (const [at, calls] of slots.entries()) {
    if (calls > 0 && left <= calls) {
      const from = UPPER_MS[at - 1] ?? 0;
      const to = UPPER_MS[at] ?? MOST_MS;
      return Math.round(from + (to - from) * (left / calls));
    }
    left -= calls;
  }
  return MOST_MS;
}
