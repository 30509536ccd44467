import { setTimeout as wait } from "node:timers/promises";
import { BATCH, BATCH_MS, BATCHES_AT_ONCE, RECORD_AGAIN_MS } from "./delivery-schedule.ts";
import { type RecordContext, recordResults } from "./record-results.ts";
import type { Result } from "./results.ts";

/** Gathers results and records them in batches. One a process. */
export type ResultRecorder = {
  /** Comes back when it is committed, or could not be: its lease runs out then, and it is tried again. */
  record(result: Result): Promise<void>;
  /** Results that are not committed yet. */
  waiting(): number;
};

type Waiting = { result: Result; done: () => void };

export function createResultRecorder(ctx: RecordContext): ResultRecorder {
  const sleep = ctx.sleep ?? wait;
  let batch: Waiting[] = [];
  let isRipe = false;
  let writing = 0;
  let count = 0;

  function flush(): void {
    const full = batch;
    batch = [];
    isRipe = false;
    writing += 1;
    void recordBatch(
      ctx,
      full.map(({ result }) => result),
      sleep,
    ).finally(() => {
      writing -= 1;
      count -= full.length;
      for (const { done } of full) done();
      if (isRipe && batch.length > 0) flush();
    });
  }

  return {
    record(result) {
      return new Promise((done) => {
        count += 1;
        batch.push({ result, done });
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
    waiting: () => count,
  };
}

/**
 * A database that is away is waited for: results are not had twice. What it refuses although it answers is
 * recorded one by one, so that one delivery's trouble stays its own.
 */
async function recordBatch(
  ctx: RecordContext,
  results: readonly Result[],
  sleep: (ms: number) => Promise<unknown>,
): Promise<void> {
  for (const waitMs of RECORD_AGAIN_MS) {
    try {
      return await recordResults(ctx, results);
    } catch (error) {
      ctx.log.warn({ err: error, deliveries: results.length }, "results could not be recorded");
    }
    if (results.length > 1 && (await isThere(ctx))) break;
    await sleep(waitMs);
  }
  for (const result of results) {
    try {
      await recordResults(ctx, [result]);
    } catch (error) {
      const { deliveryId } = result.tried;
      ctx.log.error({ err: error, deliveryId }, "a result is lost; the delivery is tried again");
      if (!(await isThere(ctx))) return;
    }
  }
}

const isThere = ({ db }: RecordContext): Promise<boolean> =>
  db.$queryRaw`select 1`.then(
    () => true,
    () => false,
  );
