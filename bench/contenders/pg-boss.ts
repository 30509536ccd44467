import PgBoss from "pg-boss";
import { type Keyhold, openKeyhold } from "../world/keyhold.ts";
import type { Contender } from "./contender.ts";

const QUEUE = "work";
const BATCH = 50;
/** Batches at once. More of them only wait for each other on two cores. */
const LOOPS = 2;

/** What its jobs are: those that are due, and what is done for each. */
export type Work<Job extends object> = (
  keyhold: Keyhold,
) => Promise<{ jobs: Job[]; handle: (job: Job) => Promise<unknown> }>;

/**
 * Fetches and completes 50 jobs at a time, in loops of its own: `work()` rests for half a second at least
 * between two batches, and its documentation names `fetch()` for those who want it otherwise.
 */
export const pgBoss =
  <Job extends object>(work: Work<Job>): Contender =>
  async ({ databaseUrl, supplierUrl }) => {
    const keyhold = await openKeyhold(databaseUrl, supplierUrl);
    const { jobs, handle } = await work(keyhold);
    const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false });
    boss.on("error", () => undefined);
    await boss.start();
    await boss.createQueue(QUEUE);
    await boss.insert(jobs.map((data) => ({ name: QUEUE, data })));
    let stopping = false;
    let loops: Promise<void>[] = [];

    async function loop(): Promise<void> {
      while (!stopping) {
        const batch = await boss.fetch<Job>(QUEUE, { batchSize: BATCH });
        if (batch.length === 0) return;
        await Promise.all(batch.map(({ data }) => handle(data)));
        await boss.complete(
          QUEUE,
          batch.map(({ id }) => id),
        );
      }
    }

    return {
      start() {
        loops = Array.from({ length: LOOPS }, loop);
      },
      async stop() {
        stopping = true;
        await Promise.all(loops);
        await boss.stop({ graceful: false });
        await keyhold.close();
      },
    };
  };
