/** Updates that come together are one statement. */
const GATHER_MS = 50;
/** However often a supplier repeats itself, an order is looked at no more often than this because of it. */
export const NUDGE_GAP_MS = 2_000;

export type GentleNudges = { add(orderId: string): void; stop(): void };

/**
 * Hands on orders that there is news of, gathered, and each no sooner than some seconds after the last time: the
 * latest word is never lost, a hundred of them are one. What fails, or is left over, is tried again.
 * @param nudge answers which of them are to be nudged again
 */
export function gentleNudges(
  nudge: (orderIds: string[]) => Promise<string[]>,
  onFailure: (error: unknown) => void,
  gapMs = NUDGE_GAP_MS,
): GentleNudges {
  const waiting = new Set<string>();
  const lastAt = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function arm(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      flush();
    }, ms);
  }

  function flush(): void {
    const now = performance.now();
    for (const [id, at] of lastAt) if (now - at >= gapMs) lastAt.delete(id);
    const due = [...waiting].filter((id) => !lastAt.has(id));
    for (const id of due) {
      waiting.delete(id);
      lastAt.set(id, now);
    }
    if (waiting.size > 0) arm(gapMs / 4);
    if (due.length === 0) return;
    nudge(due)
      .catch((error) => {
        onFailure(error);
        return due;
      })
      .then((left) => {
        if (isStopped || left.length === 0) return;
        for (const id of left) waiting.add(id);
        arm(gapMs);
      });
  }

  return {
    add(orderId) {
      waiting.add(orderId);
      arm(GATHER_MS);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
