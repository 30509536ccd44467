import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimDeliveries, giveBack, nextDeliveryInMs, renewDeliveries } from "./claims.ts";
import {
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  eventOf,
  forgetEndpoints,
  letPass,
  resultOf,
} from "./deliveries.fixture.ts";
import { recordResults } from "./record-results.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = deliveriesContext(db);
const { account } = await testContext(db, scriptedSupplier());
beforeEach(() => forgetEndpoints(db));

const names = (claims: { endpoint: { name: string } }[]) =>
  claims.map(({ endpoint: { name } }) => name).sort();

const orderEvents = async (count: number) => {
  const { order } = await createOrder(db, account.id);
  await announceMany(ctx, count, { type: "order.stalled", orderId: order.id, subject: order.id });
  return order.id;
};

describe("a claim", () => {
  it("counts the try and writes it down before anything is sent", async () => {
    const endpoint = await createEndpoint(db, "shop", { payload: "thin" });
    await announceMany(ctx, 1);
    const [claim] = await claimAll(ctx);
    expect(claim).toMatchObject({
      number: 1,
      isTrial: false,
      isResend: false,
      endpoint: { id: endpoint.id, name: "shop", channel: "webhook", isInDoubt: false },
      event: { type: "balance.low", version: 1, data: { available: "3.50" }, at: expect.any(Date) },
    });
    const row = await db.delivery.findUniqueOrThrow({
      where: { id: claim?.deliveryId ?? "" },
      include: { attempts: true },
    });
    expect(row).toMatchObject({ state: "pending", tries: 1, attempts: [{ number: 1 }] });
    expect(row.attempts[0]).toMatchObject({ finishedAt: null, outcome: null });
    expect(await claimAll(ctx)).toEqual([]);
  });

  it("reads what it sends by key, also by a plan that is made once for all values", async () => {
    let claim = "";
    const listening = {
      async $queryRawUnsafe(sql: string) {
        claim = sql;
        return [];
      },
    };
    await claimDeliveries({ db: listening as unknown as typeof db }, new Map(), 64);
    const plan = await db.$transaction(async (tx) => {
      await tx.$executeRaw`set local plan_cache_mode = force_generic_plan`;
      await tx.$executeRawUnsafe(`prepare a_claim (uuid[], int[], int) as ${claim}`);
      const lines = await tx.$queryRaw<{ "QUERY PLAN": string }[]>`
        explain execute a_claim ('{}', '{}', 64)`;
      await tx.$executeRaw`deallocate a_claim`;
      return lines.map((line) => line["QUERY PLAN"]).join("\n");
    });
    expect(plan).toMatch(/Index Scan (using|on) events_pkey/);
    expect(plan).not.toMatch(/Seq Scan on (events|deliveries|delivery_attempts)/);
  });

  it("takes of each endpoint what it has room for, and no more in all than there is room", async () => {
    await createEndpoint(db, "wide", { sendsAtOnce: 20 });
    await createEndpoint(db, "narrow", { sendsAtOnce: 3 });
    await announceMany(ctx, 40);
    expect(names(await claimDeliveries(ctx, new Map(), 64))).toEqual([
      ...Array(3).fill("narrow"),
      ...Array(20).fill("wide"),
    ]);
    await createEndpoint(db, "third", { sendsAtOnce: 64 });
    await announceMany(ctx, 40);
    const few = await claimDeliveries(ctx, new Map(), 6);
    expect(few).toHaveLength(6);
    expect(new Set(names(few)).size).toBe(3);
  });

  it("counts what is under way, and leaves the others their share", async () => {
    const slow = await createEndpoint(db, "slow", { sendsAtOnce: 64 });
    const quick = await createEndpoint(db, "quick", { sendsAtOnce: 64 });
    await announceMany(ctx, 100);
    const first = await claimDeliveries(ctx, new Map(), 64);
    expect(names(first).filter((name) => name === "slow")).toHaveLength(32);
    const busy = new Map([[slow.id, 32]]);
    expect(names(await claimDeliveries(ctx, busy, 32))).toEqual(Array(32).fill("quick"));
    expect(await claimDeliveries(ctx, new Map([[quick.id, 64]]), 0)).toEqual([]);
  });

  it("passes over who is paused, off, deleted or left alone", async () => {
    const now = new Date();
    await createEndpoint(db, "paused", { pausedAt: now, pauseReason: "moving" });
    await createEndpoint(db, "rests", { openUntil: new Date(now.getTime() + 60_000) });
    const off = await createEndpoint(db, "off");
    const gone = await createEndpoint(db, "gone");
    await createEndpoint(db, "well");
    await announceMany(ctx, 1);
    await db.endpoint.update({
      where: { id: off.id },
      data: { disabledAt: now, disabledWhy: "gone" },
    });
    await db.endpoint.update({ where: { id: gone.id }, data: { deletedAt: now } });
    expect(names(await claimAll(ctx))).toEqual(["well"]);
    expect(await nextDeliveryInMs(ctx)).toBeGreaterThan(50_000);
  });

  it("makes one try while the breaker is half open, whoever asks", async () => {
    await createEndpoint(db, "ill", { failures: 7, trips: 1, openUntil: new Date(Date.now() - 1) });
    await announceMany(ctx, 5);
    const claims = await Promise.all([claimAll(ctx), claimAll(ctx), claimAll(ctx)]);
    const [trial, ...others] = claims.flat();
    expect(others).toEqual([]);
    expect(trial).toMatchObject({ isTrial: true });
    expect(await claimAll(ctx)).toEqual([]);
    // Its process died: another one tries.
    await letPass(db, 60);
    expect(await claimAll(ctx)).toMatchObject([{ isTrial: true }]);
  });

  it("keeps to the rate, across all who claim", async () => {
    await createEndpoint(db, "slow", { ratePerMinute: 60, sendsAtOnce: 64 });
    await createEndpoint(db, "brisk", { ratePerMinute: 120, sendsAtOnce: 64 });
    await announceMany(ctx, 100);
    const began = performance.now();
    const claims = (await Promise.all([claimAll(ctx), claimAll(ctx)])).flat();
    const ms = performance.now() - began;
    const brisk = names(claims).filter((name) => name === "brisk").length;
    expect(brisk).toBeGreaterThanOrEqual(2);
    expect(brisk).toBeLessThanOrEqual(2 + ms / 500);
    expect(names(claims)).toContain("slow");
    // An hour ahead of what they may send by now, so that no machine is too slow for what follows.
    const spend = (hours: number) => db.$executeRaw`
      update endpoints set rate_used_until = rate_used_until + make_interval(hours => ${hours}::int)`;
    await spend(1);
    expect(await claimAll(ctx)).toEqual([]);
    const nextMs = await nextDeliveryInMs(ctx);
    expect(nextMs).toBeGreaterThan(3_500_000);
    expect(nextMs).toBeLessThanOrEqual(3_600_500);
    await spend(-2);
    expect(names(await claimAll(ctx))).toEqual([...Array(2).fill("brisk"), "slow"]);
  });

  it("gives each delivery to one of many who claim at once", async () => {
    await createEndpoint(db, "a", { sendsAtOnce: 64 });
    await createEndpoint(db, "b", { sendsAtOnce: 64 });
    await announceMany(ctx, 60);
    const rounds: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const claims = await Promise.all(Array.from({ length: 4 }, () => claimAll(ctx, 20)));
      rounds.push(...claims.flat().map(({ deliveryId }) => deliveryId));
    }
    expect(rounds).toHaveLength(120);
    expect(new Set(rounds).size).toBe(120);
  });

  it("keeps an order's events in order where the endpoint asks for it", async () => {
    await createEndpoint(db, "ordered", { isOrdered: true, sendsAtOnce: 64 });
    await createEndpoint(db, "loose", { sendsAtOnce: 64 });
    await orderEvents(3);
    await orderEvents(2);
    const first = await claimAll(ctx);
    expect(names(first)).toEqual([...Array(5).fill("loose"), "ordered", "ordered"]);
    expect(await claimAll(ctx)).toEqual([]);
    const heads = first.filter(({ endpoint: { name } }) => name === "ordered");
    expect(heads.map(({ event: { sequence } }) => sequence)).toEqual([1, 1]);
    // One is done, one is to be tried again: the first order goes on, the second waits.
    const [one, other] = heads;
    if (!one || !other) expect.fail("nothing was claimed");
    await recordResults(ctx, [
      resultOf(one),
      resultOf(other, { kind: "refused", errorKind: "broken", status: 500, answer: "" }),
    ]);
    const next = await claimAll(ctx);
    expect(next.map(({ orderId, event: { sequence } }) => [orderId, sequence])).toEqual([
      [one.orderId, 2],
    ]);
  });

  it("doesn't wait in vain for what comes behind an earlier event of its order", async () => {
    await createEndpoint(db, "shop", { isOrdered: true });
    await orderEvents(2);
    expect(await nextDeliveryInMs(ctx)).toBeLessThanOrEqual(0);
    const [first] = await claimAll(ctx);
    if (!first) expect.fail();
    await db.delivery.update({
      where: { id: first.deliveryId },
      data: { leaseToken: null, leaseUntil: null, nextAttemptAt: new Date(Date.now() + 3_600_000) },
    });
    expect(await nextDeliveryInMs(ctx)).toBeGreaterThan(3_000_000);
  });

  it("tries nothing an eighth time", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 1);
    await db.$executeRaw`update deliveries set tries = 7 where state = 'pending'`;
    expect(await claimAll(ctx)).toEqual([]);
  });
});

describe("a lease", () => {
  it("is renewed for who has it", async () => {
    await createEndpoint(db, "shop");
    await announceMany(ctx, 2);
    const [mine, lost] = await claimAll(ctx);
    if (!mine || !lost) expect.fail("nothing was claimed");
    await letPass(db, 15);
    const other = { ...lost, leaseToken: crypto.randomUUID() };
    expect(await renewDeliveries(ctx, [mine, other])).toEqual([mine.deliveryId]);
    const row = await db.delivery.findUniqueOrThrow({ where: { id: mine.deliveryId } });
    expect(row.leaseUntil?.getTime()).toBeGreaterThan(Date.now() + 15_000);
  });

  it("is given back as though nothing had been claimed, also a trial", async () => {
    const past = new Date(Date.now() - 1);
    await createEndpoint(db, "ill", { failures: 7, trips: 1, openUntil: past });
    await announceMany(ctx, 1);
    const claims = await claimAll(ctx);
    expect(claims).toHaveLength(1);
    await giveBack(ctx, claims);
    const [row] = await db.delivery.findMany({
      where: { state: "pending" },
      include: { attempts: true },
    });
    expect(row).toMatchObject({ tries: 0, leaseToken: null, leaseUntil: null, attempts: [] });
    const [again] = await claimAll(ctx);
    expect(again).toMatchObject({ number: 1, isTrial: true });
    // Whose lease is another's by now gives nothing back.
    await giveBack(ctx, claims);
    expect(await db.deliveryAttempt.count({ where: { deliveryId: again?.deliveryId } })).toBe(1);
  });
});

it("an event carries what is stored of it", async () => {
  await createEndpoint(db, "shop");
  const orderId = await orderEvents(1);
  await announceMany(ctx, 1, eventOf({ data: { text: "कोड \u{1f511}", total: "12.5000" } }));
  const claims = await claimAll(ctx);
  expect(claims.find(({ event: { sequence } }) => sequence === 1)).toMatchObject({
    orderId,
    subject: orderId,
  });
  expect(claims.find(({ orderId: id }) => id === null)?.event.data).toEqual({
    text: "कोड \u{1f511}",
    total: "12.5000",
  });
});
