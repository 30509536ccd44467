import { claimDueOrders } from "#lib/orders/claim-due-orders.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { isAnythingDue } from "#lib/orders/is-anything-due.ts";
import { workOnClaim } from "#lib/orders/work-on-order.ts";
import { beat, beginRun, type EngineRun, endRun } from "./beat.ts";
import { createBell } from "./bell.ts";
import { BEAT_EVERY_MS, IDLE_SCAN_MS, ORDERS_AT_ONCE } from "./engine-schedule.ts";
import { pause } from "./pause.ts";
import { runChores } from "./run-chores.ts";

export type EngineOptions = {
  kind: EngineRun["kind"];
  /** Ends the run: calls under way are finished first, and no create or payment begins any more. */
  signal: AbortSignal;
  /** Calls back when there may be new work; answers how to stop that. */
  onWork?: (wake: () => void) => () => void;
  /** Ends the run early, once the chores are done and no order falls due before then. */
  until?: Date;
};

/**
 * Claims due orders and works on them, and does the chores, until `signal` aborts. Any number of
 * engines may run on one database. A failing database is waited out; nothing in here throws.
 * @returns how many orders were worked on
 */
export async function runEngine(ctx: OrdersContext, options: EngineOptions): Promise<number> {
  const stop = new AbortController();
  const { signal } = stop;
  const bell = createBell();
  const end = () => {
    stop.abort();
    bell.ring();
  };
  if (options.signal.aborted) end();
  options.signal.addEventListener("abort", end, { once: true });
  const stopWaking = options.onWork?.(bell.ring);

  let run: EngineRun | undefined;
  let worked = 0;
  let beaten = 0;
  const beats = setInterval(() => {
    const fresh = worked - beaten;
    beaten = worked;
    if (run) beat(ctx, run, fresh).catch((error) => onFailure("beat", error));
  }, BEAT_EVERY_MS);
  const chores = runChores(ctx, signal, onFailure);
  const inFlight = new Set<Promise<void>>();

  while (!signal.aborted) {
    const free = ORDERS_AT_ONCE - inFlight.size;
    const heard = bell.heard();
    try {
      run ??= await beginRun(ctx, options.kind);
      const claims = free > 0 ? await claimDueOrders(ctx, free) : [];
      worked += claims.length;
      for (const claim of claims) {
        const work = workOnClaim({ ...ctx, stop: signal }, claim).finally(() => {
          inFlight.delete(work);
          bell.ring();
        });
        inFlight.add(work);
      }
      // A full round means that more may be due at once.
      if (claims.length === free && free > 0) continue;
      if (options.until && (await isDone(options.until))) break;
    } catch (error) {
      onFailure("claim", error);
      await pause(IDLE_SCAN_MS, signal);
      continue;
    }
    await pause(IDLE_SCAN_MS, signal, heard);
  }

  end();
  stopWaking?.();
  clearInterval(beats);
  await Promise.all([...inFlight, chores.stopped]);
  if (run) await endRun(ctx, run, worked - beaten).catch((error) => onFailure("end", error));
  return worked;

  async function isDone(until: Date): Promise<boolean> {
    return inFlight.size === 0 && chores.idle() && !(await isAnythingDue(ctx, until));
  }

  function onFailure(what: string, error: unknown): void {
    ctx.log.error({ err: error, what }, "the engine could not do a piece of its work");
  }
}
