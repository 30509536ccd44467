import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createOutboundGuard, type OutboundGuard } from "#lib/platform/outbound-guard.ts";
import { openCanary } from "#lib/platform/testing/canary.ts";
import { HOSTILE_URLS, insideUrls } from "#lib/platform/testing/hostile-urls.ts";
import {
  type BadReceiver,
  ELSEWHERE,
  openBadReceiver,
} from "../../../harness/receivers/bad-receiver.ts";
import type { Channel, OpenEndpoint, SendOutcome } from "../channel.ts";
import { exampleMessage } from "../testing/example-message.ts";
import { webhookChannel } from "./webhook.ts";
import type { WebhookConfig, WebhookSecrets } from "./webhook-schema.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const BEFORE = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const open = createOutboundGuard({ allowPrivate: true, privateHosts: [] });

let receiver: BadReceiver;
let channel: Channel<WebhookConfig, WebhookSecrets>;
let paths = 0;
let path = "";

beforeAll(async () => {
  receiver = await openBadReceiver();
});
afterAll(async () => {
  await receiver.close();
});
beforeEach(() => {
  channel = webhookChannel(open);
  paths += 1;
  path = `/${paths}`;
  receiver.know(path, [SECRET]);
  return () => channel.close();
});

function endpoint(
  changed: Partial<WebhookConfig> & { version?: string } = {},
  secrets: Partial<WebhookSecrets> = {},
): OpenEndpoint<WebhookConfig, WebhookSecrets> {
  const { version = "1", ...config } = changed;
  return {
    id: "019aa000-0000-7000-8000-00000000000a",
    name: "shop",
    version,
    config: { url: receiver.url(path), headers: [], ...config },
    secrets: { signing: [signing(SECRET)], headers: {}, ...secrets },
  };
}

const signing = (secret: string, expiresAt: string | null = null) => ({
  id: "019aa000-0000-7000-8000-00000000000b",
  secret,
  createdAt: "2026-11-21T18:00:00.000Z",
  expiresAt,
});

const send = (
  to = endpoint(),
  { ms = 5_000, message = exampleMessage(), by = channel } = {},
): Promise<SendOutcome> => by.send(to, message, AbortSignal.timeout(ms));

const gotHere = () => receiver.got.filter((got) => got.path === path);

describe("an answer", () => {
  test("of 2xx accepts; what came is what was meant, and genuine", async () => {
    const message = exampleMessage({ note: "बिजली, ü, 😀" });
    expect(await send(endpoint(), { message })).toEqual({
      kind: "accepted",
      status: 200,
      answer: "ok",
    });
    const [got] = gotHere();
    expect(got).toMatchObject({ id: message.id, body: message.body, isGenuine: true });
    expect(got?.headers).toMatchObject({ "content-type": "application/json" });
    expect(got?.headers["accept-encoding"]).toBeUndefined();
  });

  test.each([
    ["redirect", { kind: "refused", errorKind: "redirected", status: 307 }],
    ["gone", { kind: "refused", errorKind: "gone", status: 410 }],
    ["limited", { kind: "refused", errorKind: "limited", status: 429, waitMs: 2_000 }],
    ["broken", { kind: "refused", errorKind: "broken", status: 500, answer: "it is broken" }],
    ["refuse", { kind: "refused", errorKind: "refused", status: 400, answer: "not like this" }],
    ["gzip_bomb", { kind: "failed", errorKind: "answer_unreadable", status: 200 }],
    ["endless", { kind: "failed", errorKind: "answer_unreadable", status: 200 }],
    ["garbage", { kind: "failed", errorKind: "answer_unreadable", status: null }],
    ["reset", { kind: "failed", errorKind: "reset", status: null }],
  ] as const)("that is %s", async (behaviour, outcome) => {
    receiver.behave(path, behaviour);
    expect(await send()).toMatchObject(outcome);
    expect(gotHere()).toHaveLength(1);
    // The next is none the worse for it.
    receiver.behave(path, "accept");
    expect(await send()).toMatchObject({ kind: "accepted" });
    expect(receiver.got.filter((got) => got.path === ELSEWHERE)).toEqual([]);
  });

  test.each(["hang", "drip"] as const)("that comes too late (%s)", async (behaviour) => {
    receiver.behave(path, behaviour);
    const time = new AbortController();
    const sent = channel.send(endpoint(), exampleMessage(), time.signal);
    await expect.poll(gotHere, { interval: 5 }).toHaveLength(1);
    time.abort();
    expect(await sent).toMatchObject({ kind: "failed", errorKind: "timeout" });
    expect(gotHere()).toHaveLength(1);
  });

  test("that comes in time, late as it is", async () => {
    receiver.behave(path, { acceptAfterMs: 100 });
    expect(await send()).toMatchObject({ kind: "accepted" });
  });

  test("of nobody", async () => {
    const gone = await openBadReceiver();
    const url = gone.url(path);
    await gone.close();
    expect(await send(endpoint({ url }))).toMatchObject({ kind: "failed", errorKind: "connect" });
  });

  test("isn't waited for where the time is over already: nothing is sent", async () => {
    const outcome = await channel.send(endpoint(), exampleMessage(), AbortSignal.abort());
    expect(outcome).toMatchObject({ kind: "failed", errorKind: "timeout" });
    expect(gotHere()).toEqual([]);
  });
});

describe("a connection", () => {
  test("serves one message after the other, and no other version of the endpoint", async () => {
    const before = receiver.connections();
    for (let count = 0; count < 20; count += 1) await send();
    expect(receiver.connections() - before).toBeLessThanOrEqual(2);
    await send(endpoint({ version: "2" }));
    const now = receiver.connections();
    expect(now - before).toBeGreaterThanOrEqual(2);
    await channel.close("019aa000-0000-7000-8000-00000000000a");
    await send(endpoint({ version: "2" }));
    expect(receiver.connections()).toBe(now + 1);
  });

  test("is made anew after a minute, so that the name is looked up again", async () => {
    let at = Date.now();
    const clocked = webhookChannel(open, () => new Date(at));
    const before = receiver.connections();
    for (const seconds of [0, 50, 11, 0, 0]) {
      at += seconds * 1_000;
      expect(await send(endpoint(), { by: clocked })).toMatchObject({ kind: "accepted" });
      // The pool hears a moment later than we do that a connection is free again.
      await new Promise(setImmediate);
    }
    // The try that finds it too old is the last on it.
    expect(receiver.connections() - before).toBe(2);
    await clocked.close();
  });
});

describe("headers", () => {
  const isSecret = { name: "x-shop-key", isSecret: true };
  const isShown = { name: "x-shop", isSecret: false };

  test("of its own go along; those that are ours can't be replaced", async () => {
    const headers = [isSecret, isShown, { name: "webhook-id", isSecret: false }];
    const values = { "x-shop-key": "open-sesame", "x-shop": "mumbai", "webhook-id": "another" };
    await send(endpoint({ headers }, { headers: values }));
    const [got] = gotHere();
    expect(got?.headers).toMatchObject({ "x-shop-key": "open-sesame", "x-shop": "mumbai" });
    expect(got).toMatchObject({ id: exampleMessage().id, isGenuine: true });
  });

  test("without a value aren't sent, whatever they are called", async () => {
    const headers = [{ name: "constructor", isSecret: true }];
    expect(await send(endpoint({ headers }))).toMatchObject({ kind: "accepted" });
    expect(Object.keys(gotHere()[0]?.headers ?? {})).not.toContain("constructor");
  });

  test("are signed with each secret that hasn't expired", async () => {
    const now = new Date();
    const later = new Date(now.getTime() + 1_000).toISOString();
    const earlier = new Date(now.getTime() - 1_000).toISOString();
    const clocked = webhookChannel(open, () => now);
    receiver.know(path, [BEFORE]);
    for (const expiresAt of [later, earlier]) {
      const secrets = { signing: [signing(SECRET), signing(BEFORE, expiresAt)] };
      await send(endpoint({}, secrets), { by: clocked });
    }
    expect(gotHere().map(({ isGenuine }) => isGenuine)).toEqual([true, false]);
    await clocked.close();
  });

  test("as they may be shown tell no secret; nor does the address or the body", () => {
    const message = exampleMessage({
      claim: { url: "https://ops.example.com/c/tok", expiresAt: "" },
    });
    const shown = channel.show(
      endpoint(
        { url: "https://hooks.example.com/in?token=abc&shop=1", headers: [isSecret, isShown] },
        { headers: { "x-shop-key": "open-sesame", "x-shop": "mumbai" } },
      ),
      message,
    );
    expect(shown.to).toBe("https://hooks.example.com/in?token=[redacted]&shop=[redacted]");
    const shownAs = (url: string) => channel.describe(endpoint({ url }).config);
    expect(shownAs("https://hooks.example.com/services/T0/B0/xyz")).toBe(
      "https://hooks.example.com/services/…",
    );
    expect(shownAs("https://hooks.example.com/9f2a7c41d0e83b65")).toBe(
      "https://hooks.example.com/…",
    );
    expect(shownAs("https://shop.example.com/hooks/keyhold")).toBe(
      "https://shop.example.com/hooks/keyhold",
    );
    expect(shown.headers).toMatchObject({
      "webhook-id": message.id,
      "webhook-signature": "[redacted]",
      "x-shop-key": "[redacted]",
      "x-shop": "mumbai",
    });
    expect(shown.body).not.toContain("ops.example.com");
    expect(channel.describe({ url: "https://hooks.example.com/in?token=abc", headers: [] })).toBe(
      "https://hooks.example.com/in?token=[redacted]",
    );
  });
});

describe("where it leads", () => {
  test("no hostile address is sent to, and the canary hears of none", async () => {
    const canary = await openCanary();
    // Every name leads to the canary.
    const strict = createOutboundGuard({
      allowPrivate: false,
      privateHosts: [],
      resolve: async () => ["127.0.0.1"],
    });
    const guarded = webhookChannel(strict);
    // As if a hostile address had been saved by some other way, and the look at its text were missing.
    const careless: OutboundGuard = { ...strict, checkUrl: (url) => looseUrl(url) };
    const unguarded = webhookChannel(careless);
    const kinds = new Set<string>();
    for (const url of [...HOSTILE_URLS, ...insideUrls(canary.port)]) {
      const outcome = await send(endpoint({ url, version: url }), { by: guarded });
      kinds.add(outcome.kind === "accepted" ? url : outcome.errorKind);
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) continue;
      const again = await send(endpoint({ url, version: url }), { by: unguarded });
      kinds.add(again.kind === "accepted" ? url : again.errorKind);
      // Our own words alone: nothing that was met there.
      expect(again).toMatchObject({ status: null });
    }
    expect([...kinds].sort()).toEqual(["address_refused", "misconfigured"]);
    expect(canary.visits()).toBe(0);
    const reached = { ...open, checkUrl: looseUrl };
    await send(endpoint({ url: `http://127.0.0.1:${canary.port}/` }), {
      by: webhookChannel(reached),
    });
    expect(canary.visits()).toBe(1);
    await Promise.all([guarded.close(), unguarded.close(), canary.close()]);
  });

  test("a name that has moved inside since it was saved is refused at the next try", async () => {
    const addresses = ["127.0.0.1", "10.0.0.1"];
    const policy = { allowPrivate: false, privateHosts: [] };
    const rebound = createOutboundGuard({ ...policy, resolve: async () => addresses });
    const { checkUrl } = open;
    const by = webhookChannel({ ...rebound, checkUrl });
    const url = receiver.url(path).replace("127.0.0.1", "hooks.example.com");
    expect(await send(endpoint({ url }), { by })).toEqual({
      kind: "failed",
      errorKind: "address_refused",
      status: null,
      answer: "the host leads to an address that isn't public",
    });
    expect(gotHere()).toEqual([]);
    await by.close();
  });
});

function looseUrl(text: string): ReturnType<OutboundGuard["checkUrl"]> {
  const url = new URL(text);
  return {
    href: url.href,
    origin: url.origin,
    host: url.hostname,
    port: Number(url.port) || 443,
    tls: url.protocol !== "http:",
    path: url.pathname,
  };
}
