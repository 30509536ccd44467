import type { OrdersContext } from "#lib/orders/context.ts";
import { pause } from "#lib/platform/pause.ts";
import { AGAIN_MS, CHORES } from "./chores.ts";

/**
 * Repeats every chore at its own pace until `signal` aborts; a failing one is logged and tried again.
 * `idle` tells whether each has run and none has more to do at once.
 */
export function runChores(
  ctx: OrdersContext,
  signal: AbortSignal,
  onFailure: (what: string, error: unknown) => void,
): { idle(): boolean; stopped: Promise<unknown> } {
  const busy = new Set(CHORES.map(({ name }) => name));

  async function repeat(chore: (typeof CHORES)[number]): Promise<void> {
    while (!signal.aborted) {
      let next: Awaited<ReturnType<typeof chore.run>> = "done";
      try {
        next = await chore.run({ ...ctx, stop: signal });
      } catch (error) {
        onFailure(chore.name, error);
      }
      if (next !== "again") busy.delete(chore.name);
      const soonMs = next === "again" ? AGAIN_MS : chore.everyMs;
      await pause(typeof next === "number" ? next : soonMs, signal);
    }
  }

  return { idle: () => busy.size === 0, stopped: Promise.all(CHORES.map(repeat)) };
}
