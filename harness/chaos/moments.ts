/** Waiting that can be cut short. */
import { setTimeout as wait } from "node:timers/promises";

/** Ends early, without an error, once `signal` aborts. */
export async function pauseFor(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}

/** Asks again and again; answers whether it came true in time. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
  everyMs = 200,
): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (await isSo()) return true;
    if (Date.now() >= deadline) return false;
    await wait(everyMs);
  }
}
