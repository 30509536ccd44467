import { setMaxListeners } from "node:events";
import type { OrdersContext } from "#lib/orders/context.ts";
import { isAnythingDue, nextDueInMs } from "#lib/orders/is-anything-due.ts";
import { createLookRecorder } from "#lib/orders/record-look.ts";
import { beat, beginRun, type EngineRun, endRun } from "./beat.ts";
import { createBell } from "./bell.ts";
import { BEAT_EVERY_MS, IDLE_SCAN_MS, MOST_BACKOFF_MS, SCARCE_SCAN_MS } from "./engine-schedule.ts";
import { keepLeases } from "./keep-leases.ts";
import { openHands } from "./open-hands.ts";
import { pause } from "./pause.ts";
import { runChores } from "./run-chores.ts";

export type EngineOptions = {
  kind: EngineRun["kind"];
  /** Ends the run: calls under way are finished first, and no call begins any more. */
  signal: AbortSignal;
  /** Calls back when there may be new work; answers how to stop that. */
  onWork?: (wake: () => void) => () => void;
  /** Ends the run early, once the chores are done and no order falls due before then. */
  until?: Date;
  /** Looks in flight at once, at all accounts together; how many of one may be called is the account's. */
  looksAtOnce?: number;
};

/**
 * Claims due orders and works on them, and does the chores, until `signal` aborts. Any number of
 * engines may run on one database. A failing database is waited out; nothing in here throws.
 * @returns how many orders were worked on
 */
export async function runEngine(given: OrdersContext, options: EngineOptions): Promise<number> {
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
  const stopWaking = options.onWork?.(bell.ring);

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
  await Promise.all([hands.empty(), chores.stopped]);
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
    return hands.claims().length === 0 && chores.idle() && !(await isAnythingDue(ctx, until));
  }

  function onFailure(what: string, error: unknown): void {
    ctx.log.error({ err: error, what }, "the engine could not do a piece of its work");
  }
}
