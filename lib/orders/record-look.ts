import { setTimeout as wait } from "node:timers/promises";
import type { OrdersContext } from "./context.ts";
import type { Observation, Recorded } from "./observation.ts";
import { parkOrder } from "./park-order.ts";
import { recordObservations } from "./record-observations.ts";

/** Looks that are recorded together: the transaction's cost is shared, and no row is locked for long. */
const BATCH = 50;
/** The first of a batch waits for others no longer than this. */
const BATCH_MS = 20;
/** While so many are being written, the next one goes on gathering: it is cheaper the larger it is. */
const BATCHES_AT_ONCE = 2;
/** Before what fails alone is tried for the last time: the database may just be coming back. */
const AGAIN_MS = 500;

/** Gathers what looks bring and records it in batches. One a process, handed in with its context. */
export type LookRecorder = {
  /** Comes back when it is committed; with null where that failed, or there is no such order. */
  record(observation: Observation): Promise<Recorded | null>;
};

type Waiting = { observation: Observation; done: (recorded: Recorded | null) => void };

/** Records the answer of a look, with others where the context has a recorder. Never throws then. */
export async function recordLook(
  ctx: OrdersContext,
  observation: Observation,
): Promise<Recorded | null> {
  if (ctx.looks) return ctx.looks.record(observation);
  const [recorded] = await recordObservations(ctx, [observation]);
  return recorded ?? null;
}

export function createLookRecorder(ctx: OrdersContext): LookRecorder {
  const sleep = ctx.sleep ?? wait;
  let batch: Waiting[] = [];
  /** The batch has waited long enough, and goes as soon as it may. */
  let isRipe = false;
  let writing = 0;

  function flush(): void {
    const full = batch;
    batch = [];
    isRipe = false;
    writing += 1;
    void recordBatch(ctx, full, sleep).finally(() => {
      writing -= 1;
      if (isRipe) flush();
    });
  }

  return {
    record(observation) {
      return new Promise((done) => {
        batch.push({ observation, done });
        if (batch.length >= BATCH) return flush();
        if (batch.length > 1) return;
        const mine = batch;
        void sleep(BATCH_MS).then(() => {
          if (batch !== mine) return;
          isRipe = true;
          if (writing < BATCHES_AT_ONCE) flush();
        });
      });
    },
  };
}

/**
 * What can't be recorded together is recorded one by one, so that one order's trouble stays its own. While
 * the database is away nothing is: the leases run out, and somebody looks again.
 */
async function recordBatch(
  ctx: OrdersContext,
  batch: Waiting[],
  sleep: (ms: number) => Promise<unknown>,
): Promise<void> {
  try {
    const recorded = await recordObservations(
      ctx,
      batch.map(({ observation }) => observation),
    );
    const byId = new Map(recorded.map((one) => [one.orderId, one]));
    for (const { observation, done } of batch) done(byId.get(observation.orderId) ?? null);
    ctx.log.debug({ orders: batch.length }, "looks recorded");
    return;
  } catch (error) {
    ctx.log.warn({ err: error, orders: batch.length }, "looks could not be recorded together");
  }
  let isAway = false;
  for (const { observation, done } of batch) {
    const outcome: Recorded | "parked" | "away" | null = isAway
      ? "away"
      : await recordAlone(ctx, observation, sleep);
    isAway = outcome === "away";
    done(typeof outcome === "string" ? null : outcome);
  }
}

async function recordAlone(
  ctx: OrdersContext,
  observation: Observation,
  sleep: (ms: number) => Promise<unknown>,
): Promise<Recorded | "parked" | "away" | null> {
  const { orderId } = observation;
  for (const isLast of [false, true]) {
    try {
      const [recorded] = await recordObservations(ctx, [observation]);
      return recorded ?? null;
    } catch (error) {
      if (!isLast) {
        await sleep(AGAIN_MS);
        continue;
      }
      try {
        await parkOrder(ctx, observation, error);
        ctx.log.error({ err: error, orderId }, "an answer can't be recorded; its order is parked");
        return "parked";
      } catch {
        ctx.log.error({ err: error, orderId }, "an answer could not be recorded");
        return "away";
      }
    }
  }
  return null;
}
