import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import type { Observation } from "./observation.ts";
import { codes, supplierItem, supplierOrder } from "./observations.fixture.ts";
import { dueInMs, lapseLease, makeDue, openSignals, plainCodes, whole } from "./orders.fixture.ts";
import { createLookRecorder } from "./record-look.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const MINUTE = 60_000;

let ctx: OrdersContext & { account: { id: string } };
beforeEach(async () => {
  ctx = { ...(await testContext(db, scriptedSupplier())), log: createLog("silent", []) };
});

/** A claimed order in processing, and the answer that completes it with a code of its own. */
async function looked(): Promise<Observation & { leaseToken: string }> {
  const { order } = await createOrder(db, ctx.account.id);
  return again(order.id);
}

async function again(orderId: string): Promise<Observation & { leaseToken: string }> {
  await makeDue(db, orderId);
  const claim = (await claimOne(ctx, orderId)) ?? expect.fail("not due");
  const answer = {
    kind: "order" as const,
    order: supplierOrder("completed", {
      supplierOrderId: claim.supplierOrderId ?? "",
      items: [supplierItem({ codes: codes(`CODE-${orderId}`) })],
    }),
  };
  const { leaseToken } = claim;
  return { orderId, source: "look", answer, attemptId: null, leaseToken };
}

const many = (count: number) => Promise.all(Array.from({ length: count }, looked));

/** The database, and how many transactions were begun on it. */
function counting(real: Db) {
  const begun = vi.fn();
  const counted = new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== "$transaction") return value;
      return (...args: unknown[]) => {
        begun();
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { db: counted, begun };
}

/** Nothing that belongs to this order can be written. */
async function poison(orderId: string) {
  await db.$executeRawUnsafe(`create or replace function poison() returns trigger language plpgsql as
    $$ begin raise exception 'poison'; end $$`);
  const name = `poison_${orderId.replaceAll("-", "")}`;
  await db.$executeRawUnsafe(
    `create trigger ${name} before insert on timeline_entries for each row
     when (new.order_id = '${orderId}' and new.kind = 'looked') execute function poison()`,
  );
  return () => db.$executeRawUnsafe(`drop trigger ${name} on timeline_entries`);
}

describe("looks that come in together", () => {
  it("are recorded in one transaction, each with its own code", async () => {
    const { db: counted, begun } = counting(db);
    const recorder = createLookRecorder({ ...ctx, db: counted });
    const observations = await many(20);
    const recorded = await Promise.all(observations.map((one) => recorder.record(one)));
    expect(begun).toHaveBeenCalledOnce();
    expect(recorded.map((one) => one?.moved)).toEqual(Array(20).fill(true));
    for (const { orderId } of observations) {
      const order = await whole(db, orderId);
      expect(order).toMatchObject({ status: "completed", leaseToken: null, nextPollAt: null });
      expect(await plainCodes(ctx, order)).toEqual([[`CODE-${orderId}`]]);
      expect(order.timeline.map(({ kind }) => kind)).toEqual([
        "looked",
        "status_changed",
        "codes_stored",
      ]);
    }
  });

  it("don't wait for more than fifty", async () => {
    const { db: counted, begun } = counting(db);
    // A wait that never ends: only a full batch is written.
    const recorder = createLookRecorder({ ...ctx, db: counted, sleep: () => new Promise(() => 0) });
    const observations = await many(50);
    await Promise.all(observations.map((one) => recorder.record(one)));
    expect(begun).toHaveBeenCalledOnce();
  });

  it("of one order are recorded one after the other", async () => {
    const recorder = createLookRecorder(ctx);
    const one = await looked();
    await Promise.all([recorder.record(one), recorder.record(one)]);
    const order = await whole(db, one.orderId);
    expect(order).toMatchObject({ status: "completed", looks: 2 });
    expect(order.items[0]?.codes).toHaveLength(1);
    expect(order.items[0]?.codes[0]?.conflicts).toEqual([]);
  });

  it("leave the due time to whoever has taken an order over", async () => {
    const recorder = createLookRecorder(ctx);
    const lost = await looked();
    await lapseLease(db, lost.orderId);
    const heir = await claimOne(ctx, lost.orderId);
    const processing = {
      kind: "order" as const,
      order: supplierOrder("processing", {
        supplierOrderId: (await whole(db, lost.orderId)).supplierOrderId ?? "",
      }),
    };
    await recorder.record({ ...lost, answer: processing });
    const order = await whole(db, lost.orderId);
    expect(order).toMatchObject({ leaseToken: heir?.leaseToken, looks: 1 });
    expect(await dueInMs(db, lost.orderId)).toBeLessThanOrEqual(0);
  });
});

describe("an answer that can't be written down", () => {
  it("parks its order alone, for longer each time, until one can (I22)", async () => {
    const sleep = vi.fn(async () => undefined);
    const recorder = createLookRecorder({ ...ctx, sleep });
    const observations = await many(5);
    const [bad, ...good] = observations;
    if (!bad) return expect.fail();
    const cure = await poison(bad.orderId);
    await Promise.all(observations.map((one) => recorder.record(one)));
    for (const { orderId } of good) {
      expect(await whole(db, orderId)).toMatchObject({ status: "completed" });
    }
    const parked = await whole(db, bad.orderId);
    expect(parked).toMatchObject({ status: "processing", leaseToken: null, failedLooks: 1 });
    expect(parked.lastLookError).toContain("could not be written down");
    expect(parked.lastLookError).not.toContain("CODE-");
    expect(openSignals(parked)).toEqual(["unrecordable"]);
    expect(parked.items[0]?.codes).toEqual([]);
    const dueIn = async () => Math.round(((await dueInMs(db, bad.orderId)) ?? 0) / MINUTE);
    expect(await dueIn()).toBe(5);

    await recorder.record(await again(bad.orderId));
    expect(await dueIn()).toBe(10);
    expect(openSignals(await whole(db, bad.orderId))).toEqual(["unrecordable"]);

    await cure();
    await recorder.record(await again(bad.orderId));
    const freed = await whole(db, bad.orderId);
    expect(freed).toMatchObject({ status: "completed", lastLookError: null, failedLooks: 0 });
    expect(openSignals(freed)).toEqual([]);
    expect(await plainCodes(ctx, freed)).toEqual([[`CODE-${bad.orderId}`]]);
  });

  it("leaves all alone while the database is away: their leases run out", async () => {
    const away = new Proxy(db, {
      get: (target, name) =>
        name === "$transaction"
          ? () => Promise.reject(new Error("the database is away"))
          : (Reflect.get(target, name) as unknown),
    });
    const recorder = createLookRecorder({ ...ctx, db: away, sleep: async () => undefined });
    const observations = await many(3);
    const recorded = await Promise.all(observations.map((one) => recorder.record(one)));
    expect(recorded).toEqual([null, null, null]);
    for (const { orderId, leaseToken } of observations) {
      const order = await whole(db, orderId);
      expect(order).toMatchObject({ status: "processing", leaseToken, failedLooks: 0 });
      expect(openSignals(order)).toEqual([]);
    }
  });

  it("does nothing to an order that somebody else has taken over", async () => {
    const recorder = createLookRecorder({ ...ctx, sleep: async () => undefined });
    const lost = await looked();
    const cure = await poison(lost.orderId);
    await lapseLease(db, lost.orderId);
    const heir = await claimOne(ctx, lost.orderId);
    expect(await recorder.record(lost)).toBeNull();
    await cure();
    expect(await whole(db, lost.orderId)).toMatchObject({
      leaseToken: heir?.leaseToken,
      failedLooks: 0,
      signals: [],
    });
  });
});
