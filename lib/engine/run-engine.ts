import { setMaxListeners } from "node:events";
import type { DeliveriesContext } from "#lib/deliveries/context.ts";
import { runDeliveries } from "#lib/deliveries/run-deliveries.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { isAnythingDue, nextDueInMs } from "#lib/orders/is-anything-due.ts";
import { createLookRecorder } from "#lib/orders/record-look.ts";
import { createBell } from "#lib/platform/bell.ts";
import { pause } from "#lib/platform/pause.ts";
import { beat, beginRun, type EngineRun, endRun } from "./beat.ts";
import { BEAT_EVERY_MS, IDLE_SCAN_MS, MOST_BACKOFF_MS, SCARCE_SCAN_MS } from "./engine-schedule.ts";
import { keepLeases } from "./keep-leases.ts";
import { keepSockets } from "./keep-sockets.ts";
import { openHands } from "./open-hands.ts";
import { runChores } from "./run-chores.ts";

/** Without the means to send, orders are worked on alone; tests of orders do so. */
export type EngineContext = OrdersContext & (DeliveriesContext | { channels?: undefined });

/** What there may be news of. */
export type Wake = "orders" | "deliveries";

export type EngineOptions = {
  kind: EngineRun["kind"];
  /** Ends the run: calls under way are finished first, and no call begins any more. */
  signal: AbortSignal;
  /** Calls back when there may be new work, of any kind where none is named; answers how to stop that. */
  onWork?: (wake: (what?: Wake) => void) => () => void;
  /** Ends the run early, once the chores are done and nothing falls due before then. */
  until?: Date;
  /** Looks in flight at once, at all accounts together; how many of one may be called is the account's. */
  looksAtOnce?: number;
};

/**
 * Claims due orders and works on them, sends what is announced, and does the chores, until `signal` aborts. Any
 * number of engines may run on one database. A failing database is waited out; nothing in here throws.
 * @returns how many orders were worked on
 */
export async function runEngine(given: EngineContext, options: EngineOptions): Promise<number> {
  const stop = new AbortController();
  const { signal } = stop;
  // Each chore waits for it by itself; Node warns of more than ten.
  setMaxListeners(0, signal);
  const ctx: OrdersContext = { ...given, looks: createLookRecorder(given), stop: signal };
  const bell = createBell();
  const end = () => {
    stop.abort();
    bell.ring();
  };
  if (options.signal.aborted) end();
  options.signal.addEventListener("abort", end, { once: true });
  let wakeSenders: () => void = () => undefined;
  const stopWaking = options.onWork?.((what) => {
    if (what !== "deliveries") bell.ring();
    if (what !== "orders") wakeSenders();
  });

  let run: EngineRun | undefined;
  let beaten = 0;
  const hands = openHands(ctx, bell.ring, options.looksAtOnce);
  const leases = keepLeases(ctx, hands.claims, onFailure);
  const beats = setInterval(() => {
    const fresh = hands.taken() - beaten;
    beaten += fresh;
    if (run) beat(ctx, run, fresh).catch((error) => onFailure("beat", error));
  }, BEAT_EVERY_MS);
  const chores = runChores(ctx, signal, onFailure);
  // A run of cron is over before a connection was worth it.
  const sockets = options.kind === "worker" ? keepSockets(ctx, signal, onFailure) : null;
  const deliveries = given.channels
    ? runDeliveries(given, {
        signal,
        onOutbox(wake) {
          wakeSenders = wake;
          return () => undefined;
        },
      })
    : null;

  let failures = 0;
  while (!signal.aborted) {
    const heard = bell.heard();
    try {
      run ??= await beginRun(ctx, options.kind);
      const isMore = await hands.take();
      failures = 0;
      if (isMore) continue;
      if (options.until && (await isDone(options.until))) break;
      await pause(await idleMs(), signal, heard);
    } catch (error) {
      onFailure("claim", error);
      failures += 1;
      // Full jitter: many processes that lost the database together don't come back together.
      const mostMs = Math.min(MOST_BACKOFF_MS, IDLE_SCAN_MS * 2 ** Math.min(failures, 10));
      await pause(ctx.random() * mostMs, signal);
    }
  }

  end();
  stopWaking?.();
  clearInterval(beats);
  await Promise.all([hands.empty(), chores.stopped, sockets?.stopped, deliveries?.ended]);
  await leases.stop();
  if (run) {
    await endRun(ctx, run, hands.taken() - beaten).catch((error) => onFailure("end", error));
  }
  return hands.taken();

  /** Until something falls due, and a second at the most: what was announced to nobody is found, too. */
  async function idleMs(): Promise<number> {
    if (!hands.hasRoom()) return IDLE_SCAN_MS;
    const dueMs = (await nextDueInMs(ctx)) ?? IDLE_SCAN_MS;
    // What is due and wasn't had is short of budget, or was just taken by others.
    if (dueMs > 0) return Math.min(IDLE_SCAN_MS, dueMs);
    return Math.min(SCARCE_SCAN_MS, hands.shortMs() ?? SCARCE_SCAN_MS);
  }

  async function isDone(until: Date): Promise<boolean> {
    if (hands.claims().length > 0 || !chores.idle()) return false;
    return !(await isAnythingDue(ctx, until)) && (await deliveries?.isDone(until)) !== false;
  }

  function onFailure(what: string, error: unknown): void {
    ctx.log.error({ err: error, what }, "the engine could not do a piece of its work");
  }
}
