import { Worker } from "bullmq";
import { Redis } from "ioredis";
import { v7 } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { OpenEndpoint } from "../channel.ts";
import { EXAMPLE_ID, exampleMessage, messageWithCodes } from "../testing/example-message.ts";
import { freePort } from "../testing/free-port.ts";
import { hasRedis, openRedisServer, type RedisServer } from "../testing/redis-server.ts";
import { openSilentServer } from "../testing/silent-server.ts";
import { bullmqChannel } from "./bullmq.ts";
import type { BullmqConfig } from "./bullmq-schema.ts";
import type { RedisSecrets } from "./redis-schema.ts";

const PASSWORD = "canary-redis-password";
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const bullmq = bullmqChannel(guard);

let server: RedisServer;
let reader: Redis;

const patience = () => AbortSignal.timeout(5_000);

function queueEndpoint(
  config: Record<string, unknown> = {},
): OpenEndpoint<BullmqConfig, RedisSecrets> {
  const settings = { host: "127.0.0.1", port: server.port, queue: "orders", ...config };
  return {
    id: "queue",
    name: "Queue",
    version: "1",
    ...bullmq.parse(settings, { password: PASSWORD }),
  };
}

/** Whoever works on the queue, and what it got. */
function openWorker() {
  const got: { id: string | undefined; name: string; data: unknown }[] = [];
  const { port } = server;
  const worker = new Worker(
    "orders",
    async ({ id, name, data }) => {
      got.push({ id, name, data });
    },
    { connection: { host: "127.0.0.1", port, password: PASSWORD, maxRetriesPerRequest: null } },
  );
  return { got, worker };
}

/** Connections of ours, as the server counts them. */
async function connected(): Promise<number> {
  const list = String(await reader.client("LIST"));
  return list.split("\n").filter((line) => line.includes("name=keyhold")).length;
}

describe.skipIf(!hasRedis)("bullmqChannel, to a real Redis", () => {
  beforeAll(async () => {
    server = await openRedisServer({ password: PASSWORD });
    reader = new Redis(server.port, "127.0.0.1", { password: PASSWORD });
  });
  afterEach(async () => {
    await bullmq.close();
    await reader.flushall();
  });
  afterAll(async () => {
    reader.disconnect();
    await server.stop();
  });

  it("adds a job that a worker gets once, however often it is told", async () => {
    const message = exampleMessage();
    for (let times = 0; times < 3; times++) {
      expect(await bullmq.send(queueEndpoint(), message, patience())).toMatchObject({
        kind: "accepted",
        answer: `job ${EXAMPLE_ID}`,
      });
    }
    const other = exampleMessage({}, { id: "019aa000-0000-7000-8000-0000000000e2" });
    await bullmq.send(queueEndpoint(), other, patience());

    const { got, worker } = openWorker();
    await expect.poll(() => got.length, { timeout: 15_000 }).toBe(2);
    // What was done is remembered: told once more, it is no new job.
    await bullmq.send(queueEndpoint(), message, patience());
    await expect.poll(async () => reader.llen("bull:orders:wait")).toBe(0);
    await worker.close();
    expect(got).toEqual([
      { id: message.id, name: "keyhold", data: message.payload },
      { id: other.id, name: "keyhold", data: other.payload },
    ]);
  });

  it("adds what is sent again on purpose once it was done, and not beside what still waits", async () => {
    const message = exampleMessage();
    await bullmq.send(queueEndpoint(), message, patience());
    const again = { ...message, resendId: v7({ msecs: Date.now() + 1 }) };
    await bullmq.send(queueEndpoint(), again, patience());
    expect(await reader.llen("bull:orders:wait")).toBe(1);
    const { got, worker } = openWorker();
    await expect.poll(() => reader.zcard("bull:orders:completed"), { timeout: 15_000 }).toBe(1);
    await bullmq.send(queueEndpoint(), again, patience());
    await expect.poll(() => got.length, { timeout: 15_000 }).toBe(2);
    await expect.poll(() => reader.zcard("bull:orders:completed"), { timeout: 15_000 }).toBe(1);
    // The answer of that was lost: it is the same wish, and done.
    await bullmq.send(queueEndpoint(), again, patience());
    await expect.poll(() => reader.llen("bull:orders:wait")).toBe(0);
    await worker.close();
    expect(got).toEqual([got[0], got[0]]);
  });

  it("sets what its worker does of itself", async () => {
    const endpoint = queueEndpoint({
      prefix: "shop",
      jobName: "delivered",
      attempts: 5,
      keepDays: 2,
    });
    await bullmq.send(endpoint, exampleMessage(), patience());
    const job = await reader.hgetall(`shop:orders:${EXAMPLE_ID}`);
    expect(job.name).toBe("delivered");
    expect(JSON.parse(job.opts ?? "")).toMatchObject({
      attempts: 5,
      backoff: { type: "exponential", delay: 1000 },
      removeOnComplete: { age: 2 * 24 * 60 * 60 },
    });
  });

  it("keeps one connection, and none after a close", async () => {
    await Promise.all(
      [1, 2, 3].map(() => bullmq.send(queueEndpoint(), exampleMessage(), patience())),
    );
    expect(await connected()).toBe(1);
    await bullmq.close("queue");
    await expect.poll(connected).toBe(0);
  });

  it("tells a wrong password and a server that isn't there", async () => {
    const endpoint = queueEndpoint();
    expect(
      await bullmq.send(
        { ...endpoint, secrets: { password: "wrong-password" } },
        exampleMessage(),
        patience(),
      ),
    ).toMatchObject({ kind: "refused", errorKind: "credentials" });
    const closed = { ...queueEndpoint({ port: await freePort() }), id: "closed" };
    expect(await bullmq.send(closed, exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "connect",
    });
  });

  it("shows what it sends without codes and password", () => {
    const shown = bullmq.show(queueEndpoint(), messageWithCodes(["CANARY-1"]));
    expect(JSON.parse(shown.body)).toMatchObject({
      name: "keyhold",
      data: { id: EXAMPLE_ID },
      opts: { jobId: EXAMPLE_ID },
    });
    expect(JSON.stringify(shown)).not.toMatch(/CANARY|canary/);
  });

  it("takes no more than its time where nobody answers, and leaves nothing open", async () => {
    const silent = await openSilentServer();
    const mute = { ...queueEndpoint({ port: silent.port }), id: "silent" };
    const begun = performance.now();
    expect(await bullmq.send(mute, exampleMessage(), AbortSignal.timeout(200))).toMatchObject({
      kind: "failed",
      errorKind: "timeout",
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
    await expect.poll(silent.connections).toBe(0);
    await silent.stop();
  });
});
