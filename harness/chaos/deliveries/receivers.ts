/** Servers that nobody here wrote, and web servers that behave as badly as can be; each keeps its own record. */
import { randomBytes, randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { openMailServer } from "#lib/deliveries/testing/mail-server.ts";
import { hasRedis, openRedisServer } from "#lib/deliveries/testing/redis-server.ts";
import { openSqsServer } from "#lib/deliveries/testing/sqs-server.ts";
import { openTelegramServer } from "#lib/deliveries/testing/telegram-server.ts";
import type { ChannelKind } from "#lib/deliveries/types.ts";
import { type Behaviour, openBadReceiver } from "../../receivers/bad-receiver.ts";
import { drawWeighted } from "../../simulate/chance.ts";
import type { Receipt } from "./facts.ts";

export type Receiver = {
  name: string;
  channel: ChannelKind;
  config: Record<string, unknown>;
  secrets: Record<string, unknown>;
  isOrdered?: boolean;
  received(): Promise<Receipt[]>;
};

export type Receivers = {
  all: readonly Receiver[];
  /** From now on everybody behaves, save the one that is gone for good. */
  calm(): void;
  /** From now on one says that it is gone for good. */
  leave(): void;
  /** Cuts what is connected to Redis. */
  cutRedis(): Promise<void>;
  close(): Promise<void>;
};

/** In a hundred requests. What keeps a sender waiting for 15 s is rare, so that a run ends. */
const MOODS: Record<string, number> = {
  accept: 82,
  reset: 4,
  broken: 4,
  limited: 2,
  refuse: 2,
  redirect: 2,
  garbage: 1.5,
  gzip_bomb: 0.5,
  endless: 1,
  hang: 0.5,
  drip: 0.5,
};

const BOT = "123456789:AAExampleExampleExampleExampleExample";
const QUEUE = "chaos.fifo";
const plainly = (id: string): Receipt => ({ id, at: null, isTaken: true, isGenuine: true });

/** @param chance in [0, 1), of the seed */
export async function openReceivers(chance: () => number): Promise<Receivers> {
  const web = await openBadReceiver();
  const mail = await openMailServer({
    refuse: () => (isCalm || chance() > 0.05 ? null : { code: 451, text: "try again later" }),
  });
  const telegram = await openTelegramServer();
  const sqs = await openSqsServer();
  const queue = await sqs.queue(QUEUE);
  const redisServer = hasRedis ? await openRedisServer() : null;
  const redis = redisServer && new Redis(redisServer.port, "127.0.0.1");
  redis?.on("error", () => undefined);
  let isCalm = false;
  let isGone = false;

  const mood = (): Behaviour =>
    isCalm ? "accept" : (drawWeighted(MOODS, "accept", chance()) as Exclude<Behaviour, object>);
  const behaviours: Record<string, () => Behaviour> = {
    moody: mood,
    ordered: mood,
    steady: () => "accept",
    gone: () => (isGone ? "gone" : "accept"),
    paused: () => "accept",
  };
  const webhooks = Object.entries(behaviours).map(([name, behave]): Receiver => {
    const path = `/${name}`;
    const secret = `whsec_${randomBytes(24).toString("base64")}`;
    web.know(path, [secret]);
    web.behave(path, behave);
    return {
      name,
      channel: "webhook",
      config: { url: web.url(path), headers: [] },
      secrets: {
        signing: [
          { id: randomUUID(), secret, createdAt: new Date().toISOString(), expiresAt: null },
        ],
        headers: {},
      },
      isOrdered: name === "ordered",
      received: async () =>
        web.got
          .filter((got) => got.path === path)
          .map(({ id, at, isAcknowledged, isGenuine }) => ({
            id: id ?? "",
            at,
            isTaken: isAcknowledged,
            isGenuine: isGenuine === true,
          })),
    };
  });

  // It forgets after a minute: what it has is noted while it has it.
  const told = new Map<string, number>();
  function lookAtBot(): void {
    const now = new Map<string, number>();
    for (const { text } of telegram.messages()) {
      const id = / id=([0-9a-f-]{36})/.exec(text)?.[1] ?? "";
      now.set(id, (now.get(id) ?? 0) + 1);
    }
    for (const [id, times] of now) told.set(id, Math.max(times, told.get(id) ?? 0));
  }
  const looking = setInterval(lookAtBot, 5_000);

  const others: Receiver[] = [
    {
      name: "mail",
      channel: "email",
      config: {
        host: "127.0.0.1",
        port: mail.port,
        security: "none",
        from: "keyhold@example.com",
        to: ["shop@example.com"],
        language: "hi",
      },
      secrets: {},
      received: async () =>
        mail.mails.map((text) => plainly(/^Message-ID: <([^@>]+)@/im.exec(text)?.[1] ?? "")),
    },
    {
      name: "bot",
      channel: "telegram",
      config: { chatId: "77", apiRoot: telegram.url, language: "en", template: "{title} id={id}" },
      secrets: { token: BOT },
      received: async () => {
        lookAtBot();
        return [...told].flatMap(([id, times]) => Array.from({ length: times }, () => plainly(id)));
      },
    },
    {
      name: "sqs",
      channel: "sqs",
      config: queue,
      secrets: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "any" },
      received: async () =>
        (await sqs.messages(QUEUE)).map(({ attributes }) => plainly(attributes.id ?? "")),
    },
  ];
  if (redisServer && redis) {
    const at = { host: "127.0.0.1", port: redisServer.port };
    others.push(
      {
        name: "stream",
        channel: "redis_stream",
        config: { ...at, key: "chaos", maxLen: 1_000_000 },
        secrets: {},
        received: async () =>
          (await redis.xrange("chaos", "-", "+")).map(([, [, id = ""]]) => plainly(id)),
      },
      {
        name: "bull",
        channel: "bullmq",
        config: { ...at, queue: "chaos" },
        secrets: {},
        received: async () => (await redis.lrange("bull:chaos:wait", 0, -1)).map(plainly),
      },
    );
  }

  return {
    all: [...webhooks, ...others],
    calm: () => {
      isCalm = true;
    },
    leave: () => {
      isGone = true;
    },
    async cutRedis() {
      await redis?.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    },
    async close() {
      clearInterval(looking);
      redis?.disconnect();
      await Promise.all([web.close(), mail.stop(), telegram.stop(), sqs.stop()]);
      await redisServer?.stop();
    },
  };
}
