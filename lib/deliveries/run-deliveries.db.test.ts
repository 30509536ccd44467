import { v7 } from "uuid";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBell } from "#lib/platform/bell.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { DeliveriesContext } from "./context.ts";
import {
  ACCEPTED,
  announceMany,
  createEndpoint,
  deliveriesContext,
  failedWith,
  forgetEndpoints,
  scriptedChannel,
} from "./deliveries.fixture.ts";
import { pauseEndpoint } from "./pause-endpoint.ts";
import { runDeliveries } from "./run-deliveries.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
beforeEach(() => forgetEndpoints(db));

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

function start(ctx: DeliveriesContext) {
  const ending = new AbortController();
  let wake: () => void = () => undefined;
  const deliveries = runDeliveries(ctx, {
    signal: ending.signal,
    onOutbox(ring) {
      wake = ring;
      return () => undefined;
    },
  });
  const stop = () => {
    ending.abort();
    return deliveries.ended;
  };
  running.push(stop);
  return { deliveries, stop, wake: () => wake() };
}

const count = (state: "pending" | "success" | "failed" | "not_apply") =>
  db.delivery.count({ where: { state, endpoint: { deletedAt: null } } });
const whenDone = (expected: number) =>
  vi.waitFor(async () => expect(await count("success")).toBe(expected), {
    timeout: 20_000,
    interval: 50,
  });

/** The database, whose answer to a statement with these words comes after `late`, and as old as it was before. */
const answeringLate = (words: string, late: () => Promise<void>) =>
  new Proxy(db, {
    get(target, key) {
      if (key !== "$queryRawUnsafe") return Reflect.get(target, key);
      return async (text: string, ...values: unknown[]) => {
        const rows = await target.$queryRawUnsafe(text, ...values);
        if (text.includes(words)) await late();
        return rows;
      };
    },
  });

describe("sending", () => {
  it("brings every event to every endpoint, with several at work, once", async () => {
    const { sent, channels } = scriptedChannel();
    for (const name of ["a", "b", "c"]) await createEndpoint(db, name, { sendsAtOnce: 16 });
    await announceMany(deliveriesContext(db), 100);
    const workers = [1, 2, 3].map(() => start(deliveriesContext(db, { channels })));
    await whenDone(300);
    const tried = await Promise.all(workers.map(({ stop }) => stop()));
    expect(tried.reduce((sum, each) => sum + each, 0)).toBe(300);
    const told = sent.map(({ endpoint, message }) => `${endpoint} ${message.id}`);
    expect(new Set(told).size).toBe(300);
    expect(sent).toHaveLength(300);
    expect(await db.deliveryAttempt.count({ where: { outcome: null } })).toBe(0);
  });

  it("is heard of at once, and is done when nothing falls due soon", async () => {
    const { channels } = scriptedChannel();
    await createEndpoint(db, "shop");
    const { deliveries, wake } = start(deliveriesContext(db, { channels }));
    const soon = () => new Date(Date.now() + 1_000);
    await vi.waitFor(async () => expect(await deliveries.isDone(soon())).toBe(true), {
      timeout: 15_000,
    });
    await announceMany(deliveriesContext(db), 1);
    expect(await deliveries.isDone(soon())).toBe(false);
    wake();
    await whenDone(1);
  });

  it("isn't done while a claim is under way, whose deliveries fall due for nobody else", async () => {
    const { channels } = scriptedChannel();
    await createEndpoint(db, "shop");
    await announceMany(deliveriesContext(db), 1);
    const [claimed, answered] = [createBell(), createBell()];
    let isAnswering = false;
    const slow = answeringLate("as claimed", async () => {
      claimed.ring();
      if (!isAnswering) await answered.heard();
    });
    const { deliveries } = start(deliveriesContext(slow, { channels }));
    await claimed.heard();
    const isDone = await deliveries.isDone(new Date(Date.now() + 1_000));
    isAnswering = true;
    answered.ring();
    expect(isDone).toBe(false);
    await whenDone(1);
  });

  it("isn't done while a try is under way, whose end the database may not have told yet", async () => {
    const [sending, answered] = [createBell(), createBell()];
    let letGo = () => {};
    const asked = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { channels } = scriptedChannel(async () => {
      sending.ring();
      await answered.heard();
      return failedWith("timeout");
    });
    await createEndpoint(db, "shop");
    await announceMany(deliveriesContext(db), 1);
    let holds = false;
    const slow = answeringLate("::float8 as ms", async () => {
      if (holds) await asked;
    });
    const { deliveries } = start(deliveriesContext(slow, { channels }));
    await sending.heard();
    holds = true;
    const isDone = deliveries.isDone(new Date(Date.now() + 10_000));
    answered.ring();
    await vi.waitFor(
      async () =>
        expect(await db.delivery.count({ where: { state: "pending", leaseToken: null } })).toBe(1),
      { timeout: 10_000 },
    );
    letGo();
    expect(await isDone).toBe(false);
  });

  it("isn't slowed by an endpoint that hangs", async () => {
    let over: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      over = resolve;
    });
    const { sent, channels } = scriptedChannel(async (name) => {
      if (name !== "hangs") return ACCEPTED;
      await hanging;
      return failedWith("timeout");
    });
    for (const name of ["a", "b", "c"]) await createEndpoint(db, name);
    await createEndpoint(db, "hangs", { sendsAtOnce: 64 });
    const ctx = deliveriesContext(db, { channels });
    await announceMany(ctx, 100);
    start(ctx);
    await whenDone(300);
    await vi.waitFor(
      () => expect(sent.filter(({ endpoint }) => endpoint === "hangs")).toHaveLength(48),
      { timeout: 15_000 },
    );
    // Even while it holds all that it may, there is room for the others.
    await announceMany(ctx, 20);
    await whenDone(360);
    over();
  });

  it("ends what it began and begins nothing more when it is told to stop", async () => {
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { sent, channels } = scriptedChannel(async () => {
      await answered;
      return ACCEPTED;
    });
    await createEndpoint(db, "shop", { sendsAtOnce: 4 });
    await announceMany(deliveriesContext(db), 10);
    const { stop } = start(deliveriesContext(db, { channels }));
    await vi.waitFor(() => expect(sent).toHaveLength(4), { timeout: 15_000 });
    const ended = stop();
    answer();
    expect(await ended).toBe(4);
    expect(await count("success")).toBe(4);
    const left = await db.delivery.findMany({ where: { state: "pending" } });
    expect(left).toHaveLength(6);
    expect(left.every(({ tries, leaseToken }) => tries === 0 && leaseToken === null)).toBe(true);
  });

  it("gives back what wasn't sent by then", async () => {
    const ending = new AbortController();
    const { sent, channels } = scriptedChannel();
    await createEndpoint(db, "shop");
    await announceMany(deliveriesContext(db), 3);
    const reach: DeliveriesContext["reach"] = async (point) => {
      if (point === "delivery_unsent") ending.abort();
    };
    const { ended } = runDeliveries(deliveriesContext(db, { channels, reach }), {
      signal: ending.signal,
    });
    expect(await ended).toBe(0);
    expect(sent).toEqual([]);
    const left = await db.delivery.findMany({
      where: { state: "pending" },
      include: { attempts: true },
    });
    expect(left).toHaveLength(3);
    for (const row of left) expect(row).toMatchObject({ tries: 0, leaseToken: null, attempts: [] });
  });

  it("begins nothing once a pause has committed", async () => {
    const shop = await createEndpoint(db, "shop", { sendsAtOnce: 4 });
    const { channels } = scriptedChannel(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return ACCEPTED;
    });
    await announceMany(deliveriesContext(db), 400);
    const ctx = deliveriesContext(db, { channels });
    for (let each = 0; each < 3; each += 1) start(ctx);
    await vi.waitFor(async () => expect(await count("success")).toBeGreaterThan(40), {
      timeout: 15_000,
    });
    const job = { kind: "job", name: "test" } as const;
    const input = { endpointId: shop.id, reason: "moving house" };
    await pauseEndpoint(ctx, job, input, { address: null, correlationId: null });
    const tried = () => db.deliveryAttempt.count({ where: { endpointId: shop.id } });
    // Every claim that could have come before has committed: the pause waited for it.
    const begun = await tried();
    await vi.waitFor(
      async () => expect(await db.delivery.count({ where: { leaseToken: { not: null } } })).toBe(0),
      { timeout: 15_000 },
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await tried()).toBe(begun);
    expect(await count("pending")).toBeGreaterThan(0);
  });

  it("outlives a database that is away", async () => {
    const { channels } = scriptedChannel();
    await createEndpoint(db, "shop");
    await announceMany(deliveriesContext(db), 20);
    let isAway = true;
    const away = new Proxy(db, {
      get(target, name) {
        const real = Reflect.get(target, name);
        if (!isAway || typeof real !== "function") return real;
        return () => Promise.reject(new Error("no database"));
      },
    });
    const log = {
      ...deliveriesContext(db).log,
      error: vi.fn(),
    } as unknown as DeliveriesContext["log"];
    start(deliveriesContext(db, { channels, db: away, log, random: () => 0 }));
    await vi.waitFor(() => expect(log.error).toHaveBeenCalled(), { timeout: 15_000 });
    isAway = false;
    await whenDone(20);
  });
});

describe("what is to be sent", () => {
  it("is made anew for each try, and shown without what is secret", async () => {
    const { sent, channels } = scriptedChannel();
    const material = vi.fn(async () => ({
      kind: "claim" as const,
      url: "https://ops.example.com/claim#s3cret",
      expiresAt: "2026-12-01T00:00:00.000Z",
    }));
    await createEndpoint(db, "shop", { payload: "claim_link" });
    const ctx = deliveriesContext(db, { channels, material });
    await announceMany(ctx, 1, { type: "order.created", data: { orderId: "x", items: [] } });
    start(ctx);
    await whenDone(1);
    // An event that isn't about codes carries nothing.
    expect(material).not.toHaveBeenCalled();
    expect(sent[0]?.message.body).not.toContain("claim");
  });

  it("opens what it is about, in the body that is sent and by the button", async () => {
    const { sent, channels } = scriptedChannel();
    await createEndpoint(db, "shop");
    const ctx = deliveriesContext(db, { channels, consoleUrl: "https://ops.example.com/" });
    const [alertId, subject] = [v7(), v7()];
    await announceMany(ctx, 1, { type: "alert.opened", subject, data: { alertId } });
    await announceMany(ctx, 1, { subject, data: { currency: "USD" } });
    start(ctx);
    await whenDone(2);
    const pages = [`alerts/${alertId}`, `balance?account=${subject}:USD`];
    const urls = pages.map((page) => `https://ops.example.com/${page}`);
    const bodies = sent.map(({ message }) => JSON.parse(message.body).data.url);
    expect(bodies.sort()).toEqual(urls);
    expect(sent.map(({ message }) => message.consoleUrl).sort()).toEqual(urls);
  });

  it("goes to nobody who was stopped while its codes were had", async () => {
    const { sent, channels } = scriptedChannel();
    const shop = await createEndpoint(db, "shop", { payload: "claim_link" });
    const pause = { pausedAt: new Date(), pausedBy: "me", pauseReason: "wrong receiver" };
    const material = vi.fn(async () => {
      await db.endpoint.update({ where: { id: shop.id }, data: pause });
      return {
        kind: "claim" as const,
        url: "https://a.example/#s",
        expiresAt: "2026-12-01T00:00:00.000Z",
      };
    });
    const { createOrder, scriptedSupplier, testContext } = await import("#prisma/factories.ts");
    const { account } = await testContext(db, scriptedSupplier());
    const { order } = await createOrder(db, account.id);
    const ctx = deliveriesContext(db, { channels, material });
    const facts = { type: "order.completed", orderId: order.id, subject: order.id } as const;
    await announceMany(ctx, 1, { ...facts, data: { orderId: order.id, items: [] } });
    const { stop } = start(ctx);
    await vi.waitFor(() => expect(material).toHaveBeenCalled(), { timeout: 15_000 });
    await vi.waitFor(
      async () =>
        expect(await db.delivery.findFirst({ where: { endpointId: shop.id } })).toMatchObject({
          leaseToken: null,
          tries: 0,
        }),
      { timeout: 15_000 },
    );
    await stop();
    expect(sent).toEqual([]);
  });

  it("is a failed try where the codes can't be had", async () => {
    const { sent, channels } = scriptedChannel();
    const { createOrder, scriptedSupplier, testContext } = await import("#prisma/factories.ts");
    const { account } = await testContext(db, scriptedSupplier());
    const { order } = await createOrder(db, account.id);
    await createEndpoint(db, "shop", { payload: "codes" });
    const log = {
      ...deliveriesContext(db).log,
      error: vi.fn(),
    } as unknown as DeliveriesContext["log"];
    const ctx = deliveriesContext(db, { channels, log });
    const facts = { type: "order.completed", orderId: order.id, subject: order.id } as const;
    await announceMany(ctx, 1, { ...facts, data: { orderId: order.id, items: [] } });
    start(ctx);
    await vi.waitFor(
      async () => {
        const [attempt] = await db.deliveryAttempt.findMany({
          where: { errorKind: "payload_unready" },
        });
        expect(attempt).toMatchObject({ outcome: "failed", request: null, number: 1 });
      },
      { timeout: 15_000 },
    );
    expect(sent).toEqual([]);
    const [endpoint] = await db.endpoint.findMany({ where: { deletedAt: null } });
    expect(endpoint).toMatchObject({ failures: 0 });
  });
});
