import { Client } from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { SupplierOrder, SupplierOrderState } from "#lib/suppliers/port.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import type { Observation } from "./observation.ts";
import { codes, refusal, supplierItem, supplierOrder, UNKNOWN } from "./observations.fixture.ts";
import { dueInMs, openSignals, timelineKinds, whole } from "./orders.fixture.ts";
import { recordObservations } from "./record-observations.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
let orderId: string;
let supplierOrderId: string;

beforeEach(async () => {
  const { order } = await createOrder(db, ctx.account.id);
  orderId = order.id;
  supplierOrderId = order.supplierOrderId ?? "";
});

const seen = (state: SupplierOrderState, facts: Partial<SupplierOrder> = {}): Observation => ({
  orderId,
  source: "look",
  answer: { kind: "order", order: supplierOrder(state, { supplierOrderId, ...facts }) },
  attemptId: null,
  leaseToken: null,
});
const record = (...observations: Observation[]) => recordObservations(ctx, observations);
const stored = () => whole(db, orderId);

/** What must not change when nothing new is learnt. */
const essence = async () => {
  const {
    status,
    statusChangedAt,
    finishedAt,
    supplierWord,
    lastAnswer,
    items,
    signals,
    cancelReason,
  } = await stored();
  return {
    status,
    statusChangedAt,
    finishedAt,
    supplierWord,
    lastAnswer,
    items,
    signals,
    cancelReason,
  };
};

describe("recording", () => {
  it("writes the status, the supplier's words, the look and the timeline together", async () => {
    await record(seen("completed", { totalPrice: "4.5", redacted: { status: "completed", n: 1 } }));
    const order = await stored();
    expect(order).toMatchObject({
      status: "completed",
      supplierWord: "completed",
      finishedAt: clock.now(),
      statusChangedAt: clock.now(),
      lastLookedAt: clock.now(),
      looks: 1,
      nextPollAt: null,
      lastAnswer: { status: "completed", n: 1 },
    });
    expect(order.chargedTotal?.toFixed()).toBe("4.5");
    expect(timelineKinds(order)).toEqual(["looked", "status_changed", "codes_stored"]);
  });

  it("changes nothing the second time, nor the hundredth", async () => {
    await record(seen("completed"));
    const before = await essence();
    clock.advance(60_000);
    await record(seen("completed"), seen("completed"));
    await Promise.all(Array.from({ length: 10 }, () => record(seen("completed"))));
    expect(await essence()).toEqual(before);
  });

  it.each(["awaiting_payment", "paid", "processing", "cancelled", "failed"] as const)(
    "a late `%s` changes nothing of a completed order, but is noted",
    async (state) => {
      await record(seen("completed"));
      const before = await essence();
      clock.advance(60_000);
      await record(seen(state, { cancelReason: "user_request", totalPrice: "9" }));
      expect(await essence()).toEqual(before);
      expect(timelineKinds(await stored())).toContain("backward_ignored");
      expect(await dueInMs(db, orderId)).toBeNull();
    },
  );

  it("takes two observations of one order in the order in which they come", async () => {
    await record(seen("completed"), seen("processing"));
    expect(await stored()).toMatchObject({ status: "completed", supplierWord: "completed" });
  });

  it("keeps an unknown word raw, and goes on", async () => {
    await record(seen("unknown", { word: "on_hold" }));
    const order = await stored();
    expect(order).toMatchObject({ status: "processing", supplierWord: "on_hold" });
    expect(openSignals(order)).toEqual(["unknown_word"]);
    expect(await dueInMs(db, orderId)).not.toBeNull();
    await record(seen("processing"));
    expect(openSignals(await stored())).toEqual([]);
  });

  it("opens a signal anew when it happens again", async () => {
    await record(seen("unknown"));
    await record(seen("unknown"));
    await record(seen("processing"));
    await record(seen("unknown"));
    const { signals } = await stored();
    expect(signals.map(({ clearedAt }) => clearedAt === null)).toEqual([false, true]);
  });

  it("stores what it can of nonsense", async () => {
    const nonsense = { totalPrice: "9".repeat(30), word: "x".repeat(100), redacted: null };
    await record(seen("completed", nonsense));
    expect(await stored()).toMatchObject({ status: "completed", chargedTotal: null });
  });

  it("knows nothing of an order that isn't there", async () => {
    expect(await record({ ...seen("paid"), orderId: ctx.newId() })).toEqual([]);
  });

  it.each(["paid", "completed"] as const)(
    "refuses another supplier order's answer (%s)",
    async (state) => {
      await expect(record(seen(state, { supplierOrderId: "another" }))).rejects.toThrow(
        `is supplier order ${supplierOrderId}, and was answered with another`,
      );
      expect(await stored()).toMatchObject({ status: "processing", timeline: [], looks: 0 });
    },
  );

  it("knows its supplier order in either case, and keeps the first", async () => {
    await record(seen("completed", { supplierOrderId: supplierOrderId.toUpperCase() }));
    expect(await stored()).toMatchObject({ status: "completed", supplierOrderId });
  });

  it("records many orders in one transaction, all or none", async () => {
    const { order: other } = await createOrder(db, ctx.account.id);
    const both = [seen("completed"), { ...seen("completed"), orderId: other.id }];
    await expect(record(...both)).rejects.toThrow();
    expect(await stored()).toMatchObject({ status: "processing" });
    const fitting = seen("paid", { supplierOrderId: other.supplierOrderId ?? "" });
    expect(await record(seen("completed"), { ...fitting, orderId: other.id })).toHaveLength(2);
  });
});

describe("the timeline", () => {
  it("folds looks without news into one line", async () => {
    for (let look = 0; look < 4; look++) {
      clock.advance(5_000);
      await record(seen("processing"));
    }
    const { timeline } = await stored();
    expect(timeline).toMatchObject([
      { kind: "looked", data: { word: "processing", count: 4, lastAt: clock.now().toISOString() } },
    ]);
  });

  it("doesn't fold looks into the failures between them", async () => {
    const failed: Observation = { ...seen("processing"), answer: UNKNOWN };
    await record(seen("processing"));
    await record(failed, failed);
    await record(seen("processing"));
    const order = await stored();
    expect(timelineKinds(order)).toEqual(["looked", "look_failed", "looked"]);
    expect(order.failedLooks).toBe(0);
  });
});

describe("an attempt", () => {
  const attempt = (kind: "create" | "pay") =>
    db.orderAttempt.create({ data: { id: ctx.newId(), orderId, kind, startedAt: clock.now() } });
  const unpaid = async () => {
    const { order } = await createOrder(db, ctx.account.id, { status: "awaiting_payment" });
    orderId = order.id;
    supplierOrderId = order.supplierOrderId ?? "";
    return attempt("pay");
  };
  const answered = (attemptId: string, answer: Observation["answer"]): Observation => ({
    ...seen("paid"),
    source: "pay",
    answer,
    attemptId,
  });

  it("is answered once: the same answer again is no news", async () => {
    const { id } = await unpaid();
    await record(answered(id, seen("paid").answer));
    const before = await stored();
    await record(answered(id, seen("paid").answer));
    await record(answered(id, UNKNOWN));
    await record(answered(id, { kind: "refused", refusal: refusal("balance") }));
    expect(await stored()).toEqual(before);
  });

  it("gives way from unknown to what really came back", async () => {
    const { id } = await unpaid();
    await record(answered(id, UNKNOWN));
    await record(answered(id, seen("paid").answer));
    expect(await stored()).toMatchObject({ status: "paid", attempts: [{ outcome: "accepted" }] });
  });

  it("gives the order back to be worked on when another answered it", async () => {
    const { id } = await unpaid();
    await record(answered(id, { kind: "accepted" }));
    const claim = (await claimOne(ctx, orderId)) ?? expect.fail();
    await record({ ...answered(id, UNKNOWN), leaseToken: claim.leaseToken });
    expect(await stored()).toMatchObject({ leaseToken: null, attempts: [{ outcome: "accepted" }] });
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
  });
});

describe("the lease", () => {
  it("is given back with the next due time by whoever holds it", async () => {
    const claim = (await claimOne(ctx, orderId)) ?? expect.fail();
    await record({ ...seen("processing"), leaseToken: claim.leaseToken });
    expect(await stored()).toMatchObject({ leaseToken: null, leaseUntil: null });
    expect(await dueInMs(db, orderId)).toBeGreaterThan(1_000);
  });

  it("stays with its holder, due time and all, when somebody else records", async () => {
    const claim = (await claimOne(ctx, orderId)) ?? expect.fail();
    const before = await stored();
    await record({ ...seen("processing"), leaseToken: ctx.newId() });
    await record(seen("processing"));
    const { leaseToken, nextPollAt } = await stored();
    expect(leaseToken).toBe(claim.leaseToken);
    expect(nextPollAt).toEqual(before.nextPollAt);
  });

  it("once lost can't put off an order that nobody holds", async () => {
    await db.order.update({ where: { id: orderId }, data: { nextPollAt: new Date(0) } });
    await record({ ...seen("processing"), leaseToken: ctx.newId() });
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
  });

  it("ends for everybody with the order", async () => {
    await claimOne(ctx, orderId);
    await record(seen("completed"));
    expect(await stored()).toMatchObject({ leaseToken: null, nextPollAt: null });
  });
});

describe("whoever listens", () => {
  it("hears of the order once it is committed, and not when it isn't", async () => {
    const heard: string[] = [];
    const client = new Client({ connectionString: url });
    await client.connect();
    client.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await client.query("listen keyhold");
    await record(seen("paid", { supplierOrderId: "another" })).catch(() => undefined);
    await record(seen("completed", { items: [supplierItem({ codes: codes("A") })] }));
    // A round trip of the listening connection brings whatever was sent before it.
    await client.query("select 1");
    await client.end();
    expect(heard).toEqual(["deliveries", `order:${orderId}`]);
  });
});
