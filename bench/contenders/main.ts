/** A contender's process: `prepare`, `start` and `stop` it, as often as the parent likes. */
import { answerQuestions } from "../world/answer-questions.ts";
import { type Contender, LENT, type Setting, type Started } from "./contender.ts";
import { deliverOne, dueDeliveries } from "./deliver-one.ts";
import { alone, dueJobs, type Handler, together } from "./handle-order.ts";

const known: Record<string, (handler: Handler) => Promise<Contender>> = {
  engine: async () => (await import("./engine.ts")).engine,
  "engine sealing": async () => (await import("./sealing-engine.ts")).sealingEngine,
  "graphile-worker": async (handler) =>
    (await import("./graphile-worker.ts")).graphileWorker(handler),
  "pg-boss": async (handler) =>
    (await import("./pg-boss.ts")).pgBoss(async (keyhold) => ({
      jobs: await dueJobs(keyhold),
      handle: handler(keyhold),
    })),
  "pg-boss deliveries": async () =>
    (await import("./pg-boss.ts")).pgBoss(async (keyhold) => ({
      jobs: await dueDeliveries(keyhold),
      handle: await deliverOne(keyhold),
    })),
  "raw posts": async () => (await import("./raw-posts.ts")).rawPosts,
  bullmq: async (handler) => (await import("./bullmq.ts")).bullmq(handler),
  "bare loop": async () => (await import("./bare-loop.ts")).bareLoop,
};

const [name = "", lent] = (process.argv[2] ?? "").split(LENT);
const load = known[name];
if (!load) throw new Error(`There is no contender ${name}.`);
const contender = await load(lent === undefined ? alone : together);
let started: Started | null = null;

answerQuestions({
  async prepare(setting: Setting) {
    started = await contender(setting);
  },
  async start() {
    await started?.start();
  },
  spent: () => started?.spent?.(),
  async stop() {
    await started?.stop();
    started = null;
  },
});
