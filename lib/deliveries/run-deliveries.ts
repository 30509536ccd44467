import { createBell } from "#lib/platform/bell.ts";
import { pause } from "#lib/platform/pause.ts";
import { nextDeliveryInMs } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import { openDeliveryHands } from "./delivery-hands.ts";
import { keepDeliveryLeases } from "./delivery-leases.ts";
import { IDLE_SCAN_MS, MOST_BACKOFF_MS, SCARCE_SCAN_MS } from "./delivery-schedule.ts";
import { createResultRecorder } from "./result-recorder.ts";

export type DeliveriesOptions = {
  /** Ends it: tries under way are finished first, and none begins any more. */
  signal: AbortSignal;
  /** Calls back when there may be something new to send; answers how to stop that. */
  onOutbox?: (wake: () => void) => () => void;
};

export type Deliveries = {
  /** Nothing is in hand, and nothing falls due before then. */
  isDone(until: Date): Promise<boolean>;
  /** With how many tries were made, once `signal` has aborted and everything is recorded. */
  ended: Promise<number>;
};

/**
 * Claims due deliveries and sends them until `signal` aborts. Any number of processes may do so on one database.
 * A failing database is waited out; nothing in here throws.
 */
export function runDeliveries(given: DeliveriesContext, options: DeliveriesOptions): Deliveries {
  const { signal } = options;
  const ctx: DeliveriesContext = { ...given, stop: signal };
  const bell = createBell();
  signal.addEventListener("abort", bell.ring, { once: true });
  const stopWaking = options.onOutbox?.(bell.ring);
  const leases = keepDeliveryLeases(ctx, onFailure);
  const hands = openDeliveryHands(ctx, leases, createResultRecorder(ctx), bell.ring);

  async function run(): Promise<number> {
    let failures = 0;
    let fruitless = 0;
    while (!signal.aborted) {
      const heard = bell.heard();
      try {
        const wasAny = await hands.take();
        failures = 0;
        fruitless = wasAny ? 0 : fruitless + 1;
        if (!wasAny) await pause(await idleMs(fruitless), signal, heard);
      } catch (error) {
        onFailure("claim deliveries", error);
        failures += 1;
        // Full jitter: many processes that lost the database together don't come back together.
        const mostMs = Math.min(MOST_BACKOFF_MS, IDLE_SCAN_MS * 2 ** Math.min(failures, 10));
        await pause(ctx.random() * mostMs, signal);
      }
    }
    stopWaking?.();
    await hands.empty();
    await leases.stop();
    return hands.taken();
  }

  /** Until something falls due, and a second at the most: what was announced to nobody is found, too. */
  async function idleMs(fruitless: number): Promise<number> {
    if (!hands.hasRoom()) return IDLE_SCAN_MS;
    const dueMs = (await nextDeliveryInMs(ctx)) ?? IDLE_SCAN_MS;
    // What is due and wasn't had is held by others, or waits for an earlier event of its order.
    return Math.min(IDLE_SCAN_MS, dueMs > 0 ? dueMs : SCARCE_SCAN_MS * fruitless);
  }

  function onFailure(what: string, error: unknown): void {
    ctx.log.error({ err: error, what }, "deliveries could not go on");
  }

  return {
    async isDone(until) {
      const begun = hands.begun();
      if (!hands.isEmpty()) return false;
      const dueMs = await nextDeliveryInMs(ctx);
      // What was claimed meanwhile fell due for nobody else, and may be over and due again.
      if (!hands.isEmpty() || hands.begun() !== begun) return false;
      return dueMs === null || dueMs > until.getTime() - ctx.now().getTime();
    },
    ended: run(),
  };
}
