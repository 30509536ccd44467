import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Channel } from "../channel.ts";
import { testEndpoint } from "../test-endpoint.ts";
import { messageWithCodes } from "../testing/example-message.ts";
import { openMailServer } from "../testing/mail-server.ts";
import { CHANNELS } from "../types.ts";
import { guardAnswer } from "./guard-answer.ts";
import { openChannels } from "./open-channels.ts";

const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
const channels = openChannels({ guard });
const core = { now: () => new Date(), newId: () => crypto.randomUUID() };
const SIGNING = {
  id: "019aa000-0000-7000-8000-0000000000d1",
  secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
  createdAt: "2026-11-21T18:30:00.000Z",
  expiresAt: null,
};

let echo: Server;
let url: string;
const got: { headers: Record<string, unknown>; body: string }[] = [];

beforeAll(async () => {
  echo = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    got.push({ headers: request.headers, body });
    response.writeHead(400).end(`${body} ${JSON.stringify(request.headers)} \0 \ud800`);
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", () => resolve()));
  url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  await channels.close();
  got.splice(0);
});
afterAll(() => {
  echo.closeAllConnections();
  echo.close();
});

describe("openChannels", () => {
  it("has every channel", () => {
    expect(CHANNELS.map((kind) => channels.of(kind).kind)).toEqual([...CHANNELS]);
  });

  it("keeps of an answer what may be kept, however much of ours it repeats", async () => {
    const webhook = channels.of("webhook");
    const endpoint = {
      id: "echo",
      name: "Echo",
      version: "1",
      ...webhook.parse(
        { url, headers: [{ name: "x-key" }] },
        { signing: [SIGNING], headers: { "x-key": "canary-header" } },
      ),
    };
    const message = messageWithCodes(["CANARY-1", "CANARY-2"]);
    const outcome = await webhook.send(endpoint, message, AbortSignal.timeout(5_000));
    expect(got[0]?.body).toBe(message.body);
    expect(outcome).toMatchObject({ kind: "refused", status: 400 });
    expect(outcome.answer).toContain('"value":"[redacted]"');
    expect(outcome.answer).not.toMatch(/canary|whsec_|\0/i);
    expect(outcome.answer.length).toBeLessThanOrEqual(2048);
  });

  it("makes an outcome of whatever a channel throws, without secrets", async () => {
    const broken: Channel = guardAnswer({
      ...channels.of("webhook"),
      send: async () => {
        throw new Error(`no luck with canary-token ${"x".repeat(5000)}`);
      },
    });
    const endpoint = {
      id: "1",
      name: "",
      version: "1",
      config: {},
      secrets: { token: "canary-token" },
    };
    const outcome = await broken.send(endpoint, messageWithCodes([]), AbortSignal.timeout(100));
    expect(outcome).toMatchObject({ kind: "failed", errorKind: "reset" });
    expect(outcome.answer).toMatch(/^no luck with \[redacted\] x/);
    expect(outcome.answer).toHaveLength(2048);
  });
});

describe("testEndpoint", () => {
  it("sends one message, signed as others are, and says what came of it", async () => {
    const outcome = await testEndpoint(
      { channels, core },
      { kind: "webhook", config: { url }, secrets: { signing: [SIGNING] }, name: "Shop" },
    );
    expect(outcome).toMatchObject({ kind: "refused", status: 400, tookMs: expect.any(Number) });
    expect(got).toHaveLength(1);
    expect(JSON.parse(got[0]?.body ?? "")).toMatchObject({
      type: "endpoint.test",
      version: 1,
      data: { endpoint: "Shop" },
    });
    expect(got[0]?.headers["webhook-signature"]).toMatch(/^v1,/);
  });

  it("is a mail that one can read", async () => {
    const server = await openMailServer();
    const outcome = await testEndpoint(
      { channels, core },
      {
        kind: "email",
        name: "Owner",
        secrets: {},
        config: {
          ...{ host: "localhost", port: server.port, security: "none" },
          ...{ from: "shop@example.com", to: ["owner@example.com"] },
        },
      },
    );
    expect(outcome).toMatchObject({ kind: "accepted", status: 250 });
    expect(server.mails[0]).toContain("Subject: Test message from Keyhold");
    expect(server.mails[0]).toContain("If you can read this, the endpoint works.");
    await server.stop();
  });

  it("throws for settings that can't be, and sends nothing", async () => {
    const asked = testEndpoint({ channels, core }, { kind: "webhook", config: {}, secrets: {} });
    await expect(asked).rejects.toMatchObject({ name: "ZodError" });
    expect(got).toHaveLength(0);
  });
});
