import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import { request } from "../testing/open-simulator.ts";
import { type PushingOptions, startPushing } from "./server.ts";
import type { Scheme } from "./sign.ts";

type Received = { headers: Record<string, string>; body: string };

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** A supplier and somebody who listens to it. */
async function open(options: PushingOptions & { scheme?: Scheme; answers?: number[] } = {}) {
  const { scheme = "hmac", answers = [], ...given } = options;
  const received: Received[] = [];
  const listener = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const headers = incoming.headers as Record<string, string>;
    received.push({ headers, body: Buffer.concat(chunks).toString("utf8") });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  const hook = { url, secret: SECRET, scheme };
  const supplier = await startPushing({ apiKey: "k", completeAfterMs: 1, hook, ...given });
  onTestFinished(async () => {
    await supplier.close();
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  });
  const ask = (method: string, path: string, body?: unknown) =>
    request(supplier.url + path, method, body, { authorization: "Bearer k" });
  const control = (method: string, path: string, body?: unknown) =>
    request(supplier.controlUrl + path, method, body, {});
  return {
    ask,
    control,
    received,
    events: () => received.map(({ body }) => JSON.parse(body).event),
    order: (sku: string, reference = "ref-1", quantity = 1) =>
      ask("POST", "/orders", { reference, items: [{ sku, quantity }] }),
    rule: (rule: unknown) => control("POST", "/rules", rule),
  };
}

it("fulfils an order, and tells so with its codes, signed over the bytes", async () => {
  const { order, received, events, ask } = await open();
  const created = await order("card-50", "ref-1", 2);
  expect(created).toMatchObject({ status: 201, json: { reference: "ref-1", total: "94.00" } });
  await expect.poll(events).toEqual(["order.created", "order.fulfilled"]);
  for (const { headers, body } of received) {
    const hmac = createHmac("sha256", SECRET).update(body).digest("hex");
    expect(headers["x-signature"]).toBe(`sha256=${hmac}`);
  }
  const read = await ask("GET", `/orders/${created.json.order_id}`);
  expect(JSON.parse(received[1]?.body ?? "").data).toEqual(read.json);
  expect(read.json.items[0].codes).toHaveLength(2);
  expect(read.json.items[0].codes[0]).toEqual({
    code: expect.stringMatching(/^[A-Z2-9]{16}$/),
    pin: expect.stringMatching(/^\d{4}$/),
    serial: expect.stringMatching(/^\d{12}$/),
  });
  expect((await ask("GET", "/orders?reference=ref-1")).json.orders).toEqual([read.json]);
  expect((await ask("GET", "/orders?reference=other")).json.orders).toEqual([]);
});

it("signs as Standard Webhooks", async () => {
  const { order, received } = await open({ scheme: "standard" });
  await order("topup");
  await expect.poll(() => received.length).toBe(2);
  for (const { headers, body } of received) {
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
  }
});

it("makes nothing new of a reference that it knows", async () => {
  const { order, control } = await open();
  const first = await order("card-10");
  expect(await order("card-10")).toMatchObject({
    status: 200,
    json: { order_id: first.json.order_id },
  });
  await control("POST", "/settings", { onRepeat: "conflict" });
  expect(await order("card-10")).toMatchObject({
    status: 409,
    json: { error: { code: "duplicate_reference" } },
  });
  expect((await control("GET", "/truth")).json.orders).toHaveLength(1);
});

it("gives the money back where it fails or refunds", async () => {
  const { order, events, control } = await open();
  await order("fails", "ref-1");
  const done = await order("card-10", "ref-2");
  await expect.poll(() => events().length).toBe(4);
  await control("POST", `/orders/${done.json.order_id}/refund`);
  expect(events().toSorted()).toEqual([
    "order.created",
    "order.created",
    "order.failed",
    "order.fulfilled",
    "order.refunded",
  ]);
  expect((await control("GET", "/truth")).json.balance).toBe("2500.00");
});

it("tells of a low balance once", async () => {
  const { order, events, control } = await open();
  await control("POST", "/balance", { available: "105" });
  await order("card-10", "ref-1");
  await order("card-10", "ref-2");
  await expect.poll(() => events().length).toBe(5);
  expect(events().filter((event) => event === "balance.low")).toHaveLength(1);
  expect(await order("card-50", "ref-3", 9)).toMatchObject({
    status: 402,
    json: { error: { code: "insufficient_balance" } },
  });
});

it("tries a message again that isn't taken, and gives up", async () => {
  const { control, received } = await open({ answers: [500, 503, 500], retryAfterMs: [1, 1] });
  await control("POST", "/test-event");
  await expect.poll(() => received.length).toBe(3);
  const message = async () => (await control("GET", "/messages")).json.items[0];
  await expect.poll(async () => (await message()).state).toBe("failed");
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
});

it("loses, repeats, delays, swaps and spoils messages", async () => {
  const { control, rule, received, events } = await open();
  const tell = () => control("POST", "/test-event");
  await rule({ match: { times: 1 }, message: { lose: true } });
  await tell();
  expect(received).toHaveLength(0);
  await rule({ match: { times: 1 }, message: { repeat: 2 } });
  await tell();
  expect(received).toHaveLength(3);
  await rule({ match: { times: 1 }, message: { wrongSignature: true } });
  await tell();
  const { headers, body } = received[3] ?? { headers: {}, body: "" };
  const hmac = createHmac("sha256", SECRET).update(body).digest("hex");
  expect(headers["x-signature"]).not.toBe(`sha256=${hmac}`);
  await rule({ match: { times: 1 }, message: { behindNext: true } });
  await tell();
  expect(received).toHaveLength(4);
  await tell();
  expect(events()).toHaveLength(6);
  const ids = received.map((one) => JSON.parse(one.body).event_id);
  const owed = (await control("GET", "/messages")).json.items.map((one: { id: string }) => one.id);
  expect(ids.slice(4)).toEqual([owed[4], owed[3]]);
  await rule({ match: { times: 1 }, message: { lateMs: 1 } });
  await tell();
  await expect.poll(() => received.length).toBe(7);
  await rule({ match: { times: 1 }, message: { junk: true } });
  await tell();
  expect(() => events()).toThrow();
});

it("may tell before it answers, and lose the answer", async () => {
  const { order, rule, events, ask } = await open();
  await rule({ match: { endpoint: "create" }, fate: { tellFirst: true } });
  await rule({ match: { endpoint: "create", times: 1 }, answer: { loseReply: "after" } });
  await expect(order("card-10")).rejects.toThrow();
  expect(events()).toEqual(["order.created", "order.fulfilled"]);
  expect((await ask("GET", "/orders?reference=ref-1")).json.orders).toHaveLength(1);
});

it("knows its caller", async () => {
  const { control } = await open();
  const { ask } = await open({ apiKey: "another" });
  expect((await ask("GET", "/balance")).status).toBe(401);
  expect((await control("POST", "/rules", { match: { endpoint: "nowhere" } })).status).toBe(400);
});
