import { setTimeout as wait } from "node:timers/promises";
import { claimDueOrders } from "#lib/orders/claim-due-orders.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { workOnClaim } from "#lib/orders/work-on-order.ts";
import { beat, beginRun, type EngineRun, endRun } from "./beat.ts";
import { AGAIN_MS, CHORES } from "./chores.ts";
import { BEAT_EVERY_MS, IDLE_SCAN_MS, ORDERS_AT_ONCE } from "./engine-schedule.ts";

export type EngineOptions = {
  kind: EngineRun["kind"];
  /** Ends the run; what is in flight is finished first. */
  signal: AbortSignal;
  /** Calls back when there may be new work; answers how to stop that. */
  onWork?: (wake: () => void) => () => void;
};

/**
 * Claims due orders and works on them, and does the chores, until `signal` aborts. Any number of
 * engines may run on one database. A failing database is waited out; nothing in here throws.
 * @returns how many orders were worked on
 */
export async function runEngine(ctx: OrdersContext, options: EngineOptions): Promise<number> {
  const { signal } = options;
  const inFlight = new Set<Promise<void>>();
  const bell = createBell();
  const stopWaking = options.onWork?.(bell.ring);
  signal.addEventListener("abort", bell.ring, { once: true });

  let run: EngineRun | undefined;
  let worked = 0;
  let beaten = 0;
  const beats = setInterval(() => {
    const fresh = worked - beaten;
    beaten = worked;
    if (run) void beat(ctx, run, fresh).catch(logFailure("beat"));
  }, BEAT_EVERY_MS);
  const chores = CHORES.map((chore) => repeatChore(chore));

  async function repeatChore(chore: (typeof CHORES)[number]): Promise<void> {
    while (!signal.aborted) {
      const again = await chore.run(ctx).catch(logFailure(chore.name));
      await pause(again === "again" ? AGAIN_MS : chore.everyMs, signal);
    }
  }

  function logFailure(what: string) {
    return (error: unknown): undefined => {
      ctx.log.error({ err: error, what }, "the engine could not do a piece of its work");
      return undefined;
    };
  }

  while (!signal.aborted) {
    const free = ORDERS_AT_ONCE - inFlight.size;
    const heard = bell.reset();
    const claims = await startRound(free);
    for (const claim of claims) {
      const work = workOnClaim(ctx, claim).finally(() => {
        inFlight.delete(work);
        bell.ring();
      });
      inFlight.add(work);
    }
    worked += claims.length;
    // A full round means that more may be due; otherwise sleep until rung or the next scan.
    if (claims.length < free || free === 0)
      await Promise.race([heard, pause(IDLE_SCAN_MS, signal)]);
  }

  async function startRound(free: number) {
    try {
      run ??= await beginRun(ctx, options.kind);
      return free > 0 ? await claimDueOrders(ctx, free) : [];
    } catch (error) {
      logFailure("claim")(error);
      await pause(IDLE_SCAN_MS, signal);
      return [];
    }
  }

  stopWaking?.();
  clearInterval(beats);
  await Promise.all([...inFlight, ...chores]);
  if (run) await endRun(ctx, run).catch(logFailure("end"));
  return worked;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

/** Something to wait for that can be rung from outside; a ring while nobody waits is not lost. */
function createBell() {
  let ring: () => void = () => undefined;
  let rung = false;
  return {
    ring: () => {
      rung = true;
      ring();
    },
    /** A promise of the next ring, or of one that came since the last reset. */
    reset: () => {
      const missed = rung;
      rung = false;
      return missed ? Promise.resolve() : new Promise<void>((resolve) => (ring = resolve));
    },
  };
}
