import { setImmediate } from "node:timers/promises";
import { vi } from "vitest";

/**
 * What `ask` answers when its deadline of `deadlineMs` is over as soon as `seen` holds, however
 * slow the machine. Timers of exactly that length are held back; all others run as ever.
 */
export async function pastDeadline<T>(
  deadlineMs: number,
  ask: () => Promise<T>,
  seen: () => void,
): Promise<T> {
  const setReal = globalThis.setTimeout;
  const deadlines: (() => void)[] = [];
  const hold = (whenOver: () => void, ms?: number): NodeJS.Timeout => {
    if (ms !== deadlineMs) return setReal(whenOver, ms);
    deadlines.push(whenOver);
    return setReal(() => undefined, 0);
  };
  const spy = vi.spyOn(globalThis, "setTimeout").mockImplementation(hold as typeof setTimeout);
  try {
    const asked = ask();
    await vi.waitFor(seen, { interval: 5, timeout: 30_000 });
    // What the server has written until now arrives before the deadline.
    await setImmediate();
    for (const whenOver of deadlines) whenOver();
    return await asked;
  } finally {
    spy.mockRestore();
  }
}
