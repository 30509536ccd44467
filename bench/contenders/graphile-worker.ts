import { EventEmitter } from "node:events";
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { openKeyhold } from "../world/keyhold.ts";
import type { Contender, Job } from "./contender.ts";
import { dueJobs, type Handler } from "./handle-order.ts";

const CONCURRENCY = 24;
const BATCH = 1_000;

/**
 * Set as its performance page does for throughput: 24 jobs at once, jobs fetched 500 at a time, completed
 * in batches.
 */
export const graphileWorker =
  (handler: Handler): Contender =>
  async ({ databaseUrl, supplierUrl }) => {
    const keyhold = await openKeyhold(databaseUrl, supplierUrl);
    const handle = handler(keyhold);
    const logger = new Logger(() => () => undefined);
    const preset = {
      worker: {
        connectionString: databaseUrl,
        concurrentJobs: CONCURRENCY,
        maxPoolSize: CONCURRENCY + 1,
        localQueue: { size: 500 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        logger,
        // Nobody listens to single jobs here.
        events: new EventEmitter(),
      },
    };
    const utils = await makeWorkerUtils({ preset });
    const jobs = await dueJobs(keyhold);
    for (let first = 0; first < jobs.length; first += BATCH) {
      await utils.addJobs(
        jobs.slice(first, first + BATCH).map((payload) => ({ identifier: "look", payload })),
      );
    }
    await utils.release();
    let runner: Awaited<ReturnType<typeof run>> | null = null;
    return {
      async start() {
        runner = await run({
          preset,
          noHandleSignals: true,
          taskList: { look: (payload) => handle(payload as Job) },
        });
      },
      async stop() {
        await runner?.stop();
        await keyhold.close();
      },
    };
  };
