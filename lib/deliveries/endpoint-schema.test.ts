import { describe, expect, it } from "vitest";
import { parseRedisUrl, placeOf } from "./channels/redis-schema.ts";
import { isFifo } from "./channels/sqs-schema.ts";
import { channelSchemas, parseSettings } from "./endpoint-schema.ts";
import type { ChannelKind } from "./types.ts";

const SIGNING = {
  id: "019aa000-0000-7000-8000-0000000000d1",
  secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
  createdAt: "2026-11-21T18:30:00.000Z",
  expiresAt: null,
};

type Settings = { config: Record<string, unknown>; secrets: Record<string, unknown> };
const GOOD: Record<ChannelKind, Settings> = {
  webhook: {
    config: { url: "https://shop.example.com/hook", headers: [{ name: "X-Api-Key" }] },
    secrets: { signing: [SIGNING], headers: { "X-Api-Key": "k" } },
  },
  telegram: { config: { chatId: "-1001234567890" }, secrets: { token: "1:abcdefghij_-" } },
  email: {
    config: {
      host: "smtp.example.com",
      port: 465,
      security: "tls",
      user: "shop",
      from: "Shop <shop@example.com>",
      to: ["owner@example.com"],
    },
    secrets: { password: "p" },
  },
  redis_stream: { config: { host: "redis", key: "events" }, secrets: {} },
  bullmq: { config: { host: "10.0.0.7", queue: "orders" }, secrets: { password: "p" } },
  sqs: {
    config: {
      queueUrl: "https://sqs.ap-south-1.amazonaws.com/000000000000/orders.fifo",
      region: "ap-south-1",
    },
    secrets: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "s" },
  },
};

/** Path and key of each problem. */
function problemsOf(kind: ChannelKind, config: object, secrets: object = {}): string[] {
  const { error } = channelSchemas[kind].safeParse({
    config: { ...GOOD[kind].config, ...config },
    secrets: { ...GOOD[kind].secrets, ...secrets },
  });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("channelSchemas", () => {
  it.each(Object.keys(GOOD) as ChannelKind[])(
    "takes a good %s, and reads back what it gave",
    (kind) => {
      const { config, secrets } = GOOD[kind];
      const parsed = parseSettings(kind, config, secrets);
      const stored = JSON.parse(JSON.stringify(parsed)) as Settings;
      expect(parseSettings(kind, stored.config, stored.secrets)).toEqual(parsed);
    },
  );

  it.each(Object.keys(GOOD) as ChannelKind[])("refuses what %s doesn't know", (kind) => {
    expect(problemsOf(kind, { colour: "red" })).toHaveLength(1);
    expect(problemsOf(kind, {}, { colour: "red" })).toHaveLength(1);
  });

  it("fills in what may be left out", () => {
    expect(
      parseSettings("redis_stream", { host: "Redis.Example.com", key: "e" }, {}).config,
    ).toEqual({
      host: "redis.example.com",
      port: 6379,
      tls: false,
      db: 0,
      key: "e",
      maxLen: 100_000,
    });
    expect(parseSettings("bullmq", { host: "[::1]", queue: "q" }, {}).config).toMatchObject({
      host: "::1",
      jobName: "keyhold",
      prefix: "bull",
    });
    expect(parseSettings("webhook", GOOD.webhook.config, GOOD.webhook.secrets)).toMatchObject({
      config: { headers: [{ name: "x-api-key", isSecret: true }] },
      secrets: { headers: { "x-api-key": "k" } },
    });
  });

  it.each([
    "Host",
    "content-type",
    "Webhook-Signature",
    "svix-id",
    "Transfer-Encoding",
    "connection",
    "Cookie",
    "accept-encoding",
    "X-Forwarded-For",
  ])("keeps the header %s for ourselves", (name) => {
    expect(problemsOf("webhook", { headers: [{ name }] }, { headers: { [name]: "v" } })).toContain(
      "config.headers.0.name: header_reserved",
    );
  });

  it.each([
    ["webhook", { url: "shop" }, "config.url: url"],
    ["webhook", { headers: [{ name: "a b" }] }, "config.headers.0.name: header_name"],
    ["webhook", { headers: [{ name: "x-other" }] }, "config.headers.0.value: required"],
    ["telegram", { chatId: "my chat" }, "config.chatId: chat_id"],
    ["telegram", { apiRoot: "ftp://x" }, "config.apiRoot: url"],
    ["telegram", { template: "a\u0000" }, "config.template: characters"],
    ["email", { host: "smtp://x" }, "config.host: host"],
    ["email", { port: 0 }, "config.port: port"],
    ["email", { from: "shop" }, "config.from: email"],
    ["email", { from: "a@b.co, c@d.co" }, "config.from: email"],
    ["email", { from: "Shop\r\nBcc: e@f.co <a@b.co>" }, "config.from: characters"],
    ["email", { to: [] }, "config.to: required"],
    ["email", { to: ["x"] }, "config.to.0: email"],
    ["email", { security: "none" }, "config.security: password_in_the_open"],
    ["redis_stream", { host: "a b" }, "config.host: host"],
    ["redis_stream", { host: "" }, "config.host: required"],
    ["redis_stream", { maxLen: 0 }, "config.maxLen: number"],
    ["redis_stream", { trustedCertificates: "x" }, "config.trustedCertificates: certificate"],
    ["bullmq", { queue: "a:b" }, "config.queue: colon"],
    ["sqs", { queueUrl: "arn:aws:sqs" }, "config.queueUrl: url"],
    ["sqs", { queueUrl: "https://u:p@host/q" }, "config.queueUrl: url"],
    ["sqs", { region: "mumbai" }, "config.region: region"],
  ] as [ChannelKind, object, string][])(
    "says what is wrong with %s %j",
    (kind, config, problem) => {
      expect(problemsOf(kind, config)).toContain(problem);
    },
  );

  it.each([
    ["webhook", { signing: [] }, "secrets.signing: required"],
    [
      "webhook",
      { signing: [{ ...SIGNING, secret: "s" }] },
      "secrets.signing.0.secret: signing_secret",
    ],
    ["webhook", { headers: { "x-api-key": "a\nb" } }, "secrets.headers.x-api-key: characters"],
    ["telegram", { token: "abc" }, "secrets.token: token"],
    ["email", { password: undefined }, "secrets.password: required"],
    ["sqs", { secretAccessKey: "" }, "secrets.secretAccessKey: required"],
  ] as [ChannelKind, object, string][])(
    "says what is wrong with the secrets of %s",
    (kind, secrets, problem) => {
      expect(problemsOf(kind, {}, secrets)).toContain(problem);
    },
  );

  it("knows a FIFO queue by its name", () => {
    expect(isFifo({ queueUrl: "https://h/1/orders.fifo" })).toBe(true);
    expect(isFifo({ queueUrl: "https://h/1/orders" })).toBe(false);
  });
});

describe("parseRedisUrl", () => {
  it("takes an address apart", () => {
    expect(parseRedisUrl(" rediss://shop:p%40ss@redis.example.com:6380/2 ")).toEqual({
      connection: { host: "redis.example.com", port: 6380, tls: true, db: 2, user: "shop" },
      secrets: { password: "p@ss" },
    });
    expect(parseRedisUrl("redis://:p@10.0.0.7")).toEqual({
      connection: { host: "10.0.0.7", port: 6379, tls: false, db: 0 },
      secrets: { password: "p" },
    });
    expect(placeOf({ host: "::1", port: 1, tls: true, db: 3 })).toBe("rediss://[::1]:1/3");
  });

  it.each(["http://redis", "redis", "redis://", "redis://h/x", "redis://h?x=1", "redis://%zz@h"])(
    "refuses %s",
    (text) => {
      expect(parseRedisUrl(text)).toBeNull();
    },
  );
});
