import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { selfSigned } from "#lib/platform/testing/self-signed.ts";
import type { OpenEndpoint } from "../channel.ts";
import { EXAMPLE_ID, exampleMessage, messageWithCodes } from "../testing/example-message.ts";
import { freePort } from "../testing/free-port.ts";
import { hasRedis, openRedisServer, type RedisServer } from "../testing/redis-server.ts";
import { openSilentServer } from "../testing/silent-server.ts";
import type { RedisSecrets } from "./redis-schema.ts";
import { redisStreamChannel } from "./redis-stream.ts";
import type { RedisStreamConfig } from "./redis-stream-schema.ts";

const PASSWORD = "canary-redis-password";
const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const stream = redisStreamChannel(guard);
const certificate = selfSigned(["localhost", "127.0.0.1"]);

let server: RedisServer;
let reader: Redis;

const patience = () => AbortSignal.timeout(5_000);

function streamEndpoint(
  config: Record<string, unknown> = {},
  secrets: RedisSecrets = { password: PASSWORD },
  version = "1",
): OpenEndpoint<RedisStreamConfig, RedisSecrets> {
  const settings = { host: "127.0.0.1", port: server.port, key: "events", ...config };
  return { id: "stream", name: "Stream", version, ...stream.parse(settings, secrets) };
}

/** Connections of ours, as the server counts them. */
async function connected(): Promise<number> {
  const list = String(await reader.client("LIST"));
  return list.split("\n").filter((line) => line.includes("name=keyhold")).length;
}

describe.skipIf(!hasRedis)("redisStreamChannel, to a real Redis", () => {
  beforeAll(async () => {
    server = await openRedisServer({ password: PASSWORD, tls: certificate });
    reader = new Redis(server.port, "127.0.0.1", { password: PASSWORD });
  });
  afterEach(async () => {
    await stream.close();
    await reader.flushall();
  });
  afterAll(async () => {
    reader.disconnect();
    await server.stop();
  });

  it("adds an entry with the event's id and the very body", async () => {
    const message = exampleMessage();
    const outcome = await stream.send(streamEndpoint(), message, patience());
    expect(outcome).toMatchObject({ kind: "accepted", answer: expect.stringMatching(/^entry /) });
    const [[, fields] = ["", []]] = await reader.xrange("events", "-", "+");
    expect(fields).toEqual([
      ...["id", EXAMPLE_ID, "type", "order.completed"],
      ...["group", message.group, "body", message.body],
    ]);
  });

  it("trims to about what is to be kept", async () => {
    const endpoint = streamEndpoint({ maxLen: 100 });
    const sent = Array.from({ length: 1000 }, (_, index) =>
      stream.send(endpoint, exampleMessage({}, { id: `e${index}` }), patience()),
    );
    expect((await Promise.all(sent)).every(({ kind }) => kind === "accepted")).toBe(true);
    const length = await reader.xlen("events");
    expect(length).toBeGreaterThanOrEqual(100);
    expect(length).toBeLessThan(300);
  });

  it("uses one connection for all, another after an edit, and none after a close", async () => {
    await Promise.all(
      [1, 2, 3, 4].map(() => stream.send(streamEndpoint(), exampleMessage(), patience())),
    );
    expect(await connected()).toBe(1);
    await stream.send(
      streamEndpoint({ key: "others" }, { password: PASSWORD }, "2"),
      exampleMessage(),
      patience(),
    );
    await expect.poll(connected).toBe(1);
    expect(await reader.xlen("others")).toBe(1);
    await stream.close("stream");
    await expect.poll(connected).toBe(0);
  });

  it("selects the database", async () => {
    await stream.send(streamEndpoint({ db: 3 }), exampleMessage(), patience());
    expect(await reader.xlen("events")).toBe(0);
    await reader.select(3);
    expect(await reader.xlen("events")).toBe(1);
    await reader.select(0);
  });

  it("speaks TLS to a server of one's own authority, and to no other", async () => {
    const tls = { host: "localhost", port: server.tlsPort, tls: true };
    const trusting = streamEndpoint({ ...tls, trustedCertificates: certificate.cert });
    expect(await stream.send(trusting, exampleMessage(), patience())).toMatchObject({
      kind: "accepted",
    });
    const doubting = streamEndpoint(tls, { password: PASSWORD }, "2");
    expect(await stream.send(doubting, exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "tls",
    });
  });

  it("tells a wrong password, without repeating it", async () => {
    const outcome = await stream.send(
      streamEndpoint({}, { password: "wrong-password" }),
      exampleMessage(),
      patience(),
    );
    expect(outcome).toMatchObject({ kind: "refused", errorKind: "credentials" });
    expect(JSON.stringify(outcome)).not.toContain("wrong-password");
    const none = await stream.send(streamEndpoint({}, {}, "2"), exampleMessage(), patience());
    expect(none).toMatchObject({ kind: "refused", errorKind: "credentials" });
  });

  it("tells a key that is no stream", async () => {
    await reader.set("events", "text");
    expect(await stream.send(streamEndpoint(), exampleMessage(), patience())).toMatchObject({
      kind: "refused",
      errorKind: "misconfigured",
    });
  });

  it("tells where nobody listens, and takes no more than its time where nobody answers", async () => {
    const closed = streamEndpoint({ port: await freePort() });
    expect(await stream.send(closed, exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "connect",
    });
    const silent = await openSilentServer();
    const begun = performance.now();
    const mute = { ...streamEndpoint({ port: silent.port }), id: "silent" };
    expect(await stream.send(mute, exampleMessage(), AbortSignal.timeout(200))).toMatchObject({
      kind: "failed",
      errorKind: "timeout",
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
    // Nothing goes on waiting for it.
    await expect.poll(silent.connections).toBe(0);
    await silent.stop();
    const hung = await openRedisServer();
    const pausing = new Redis(hung.port);
    await pausing.client("PAUSE", 60_000, "ALL");
    const endpoint = streamEndpoint({ port: hung.port }, {}, "hung");
    expect(await stream.send(endpoint, exampleMessage(), AbortSignal.timeout(200))).toMatchObject({
      kind: "failed",
      errorKind: "timeout",
    });
    pausing.disconnect();
    await hung.stop();
  });

  it("is there again after its server was away", async () => {
    const own = await openRedisServer();
    const endpoint = streamEndpoint({ port: own.port }, {}, "own");
    expect(await stream.send(endpoint, exampleMessage(), patience())).toMatchObject({
      kind: "accepted",
    });
    await own.stop();
    expect(await stream.send(endpoint, exampleMessage(), patience())).toMatchObject({
      kind: "failed",
    });
    const again = await openRedisServer({ port: own.port });
    expect(await stream.send(endpoint, exampleMessage(), patience())).toMatchObject({
      kind: "accepted",
    });
    await stream.close();
    await again.stop();
  });

  it("never connects to a private address that the configuration doesn't name", async () => {
    const strict = redisStreamChannel(
      createOutboundGuard({ allowPrivate: false, privateHosts: [] }),
    );
    expect(await strict.send(streamEndpoint(), exampleMessage(), patience())).toMatchObject({
      kind: "failed",
      errorKind: "address_refused",
    });
    const named = redisStreamChannel(
      createOutboundGuard({ allowPrivate: false, privateHosts: ["127.0.0.1"] }),
    );
    expect(await named.send(streamEndpoint(), exampleMessage(), patience())).toMatchObject({
      kind: "accepted",
    });
    await named.close();
  });

  it("shows what it sends without codes and password", () => {
    const shown = stream.show(streamEndpoint(), messageWithCodes(["CANARY-1"]));
    expect(shown.to).toBe(`redis://127.0.0.1:${server.port}/0 events`);
    expect(shown.body).toContain(`XADD events MAXLEN ~ 100000 * id ${EXAMPLE_ID}`);
    expect(JSON.stringify(shown)).not.toMatch(/CANARY|canary/);
  });
});
