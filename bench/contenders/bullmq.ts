import { Queue, Worker } from "bullmq";
import { openKeyhold } from "../world/keyhold.ts";
import type { Contender, Job } from "./contender.ts";
import { dueJobs, type Handler } from "./handle-order.ts";

const CONCURRENCY = 50;
const BATCH = 500;

/**
 * As the guides show polling with it: a delayed job an order, which would put itself back while the order
 * is open. Jobs are taken off Redis by the blocking worker, 50 at once, and removed when done.
 */
export const bullmq =
  (handler: Handler): Contender =>
  async ({ databaseUrl, supplierUrl, redisUrl }) => {
    if (!redisUrl) throw new Error("BullMQ needs a Redis.");
    const keyhold = await openKeyhold(databaseUrl, supplierUrl);
    const handle = handler(keyhold);
    const connection = { url: redisUrl, maxRetriesPerRequest: null };
    const name = `look-${process.pid}-${Date.now()}`;
    const queue = new Queue<Job>(name, { connection });
    const jobs = await dueJobs(keyhold);
    for (let first = 0; first < jobs.length; first += BATCH) {
      await queue.addBulk(
        jobs.slice(first, first + BATCH).map((data) => ({
          name: "look",
          data,
          opts: { jobId: data.orderId, removeOnComplete: true, removeOnFail: true },
        })),
      );
    }
    const worker = new Worker<Job>(name, ({ data }) => handle(data), {
      connection,
      concurrency: CONCURRENCY,
      autorun: false,
    });
    worker.on("error", () => undefined);
    await worker.waitUntilReady();
    return {
      start() {
        void worker.run();
      },
      async stop() {
        await worker.close();
        await queue.obliterate({ force: true });
        await queue.close();
        await keyhold.close();
      },
    };
  };
