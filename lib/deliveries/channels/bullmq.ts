import type { Job, JobsOptions, Queue } from "bullmq";
import { madeAtMs } from "#lib/platform/ids.ts";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel, Message, OpenEndpoint } from "../channel.ts";
import { parseSettings } from "../endpoint-schema.ts";
import { redactMessage } from "../redact-message.ts";
import type { BullmqConfig } from "./bullmq-schema.ts";
import { keepOpen } from "./keep-open.ts";
import { openRedis, type RedisLine, redisOutcome } from "./redis-client.ts";
import { placeOf, type RedisSecrets } from "./redis-schema.ts";
import { within } from "./within.ts";

type Endpoint = OpenEndpoint<BullmqConfig, RedisSecrets>;
type Opened = { line: RedisLine; queue: Promise<Queue> };

/** Between a worker's tries of a job, doubling. */
const BACKOFF_MS = 1000;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Jobs whose id is the event's: the same event told twice is one job, as long as the queue keeps it, unless somebody
 * wishes that it is told once more.
 */
export function bullmqChannel(guard: OutboundGuard): Channel<BullmqConfig, RedisSecrets> {
  const open = keepOpen(
    ({ config, secrets }: Endpoint, drop) => openQueue(guard, config, secrets, drop),
    async ({ line, queue }) => {
      // Its own goodbye would wait for a server that may not answer.
      queue.then((opened) => opened.close()).catch(() => undefined);
      line.close();
    },
  );

  return {
    kind: "bullmq",
    parse: (config, secrets) => parseSettings("bullmq", config, secrets),
    describe: (config) => `${placeOf(config)} ${config.prefix}:${config.queue}`,
    send: (endpoint, message, signal) =>
      open.use(endpoint, async (opened, drop) => {
        const { config } = endpoint;
        try {
          const queue = await within(signal, opened.queue);
          const job = await within(signal, addJob(queue, config, message));
          return { kind: "accepted", status: null, answer: `job ${job.id}` };
        } catch (error) {
          const outcome = redisOutcome(error, signal);

          if (outcome.kind === "failed") drop();
          return outcome;
        }
      }),
    show({ config }, message) {
      const { payload } = redactMessage(message);
      return {
        to: `${placeOf(config)} ${config.prefix}:${config.queue}`,
        headers: {},
        body: JSON.stringify({
          name: config.jobName,
          data: payload,
          opts: optionsOf(config, message),
        }),
      };
    },
    close: (endpointId) => open.close(endpointId),
  };
}

function openQueue(
  guard: OutboundGuard,
  config: BullmqConfig,
  secrets: RedisSecrets,
  ended: () => void,
): Opened {
  const line = openRedis(guard, config, secrets, ended);
  const queue = queueOn(line, config);
  // Whoever sends hears of it; nobody may be there to.
  queue.catch(() => line.close());
  return { line, queue };
}

async function queueOn(line: RedisLine, config: BullmqConfig): Promise<Queue> {
  const { Queue } = await import("bullmq");
  const connection = await line.ready;
  const queue = new Queue(config.queue, { connection, prefix: config.prefix });
  // Sends hear of it themselves; without a listener it would end the process.
  queue.on("error", () => undefined);
  await queue.waitUntilReady();
  return queue;
}

/**
 * A job that still waits, or is worked on, tells what there is to tell; one that is done makes room for what is sent
 * again since. A job of that very wish stays: its answer was lost.
 */
async function addJob(queue: Queue, config: BullmqConfig, message: Message): Promise<Job> {
  if (message.resendId !== null) {
    const before = await queue.getJob(message.id);
    if (before?.finishedOn && before.timestamp < madeAtMs(message.resendId)) await before.remove();
  }
  return queue.add(config.jobName, message.payload, optionsOf(config, message));
}

const optionsOf = ({ attempts, keepDays }: BullmqConfig, { id }: Message): JobsOptions => ({
  jobId: id,
  attempts,
  backoff: { type: "exponential", delay: BACKOFF_MS },
  removeOnComplete: { age: keepDays * DAY_SECONDS },
  removeOnFail: { age: keepDays * DAY_SECONDS },
});
