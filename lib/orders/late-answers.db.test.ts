/** A create's answer that comes after the order has gone on without it, in every state it may be in by then. */
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Outcome, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import { createProduct, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { Observation } from "./observation.ts";
import { accepted, refused, supplierOrder, UNKNOWN } from "./observations.fixture.ts";
import {
  dueInMs,
  lapseLease,
  makeDue,
  openSignals,
  place,
  timelineKinds,
  type WholeOrder,
  whole,
} from "./orders.fixture.ts";
import { recordObservations } from "./record-observations.ts";
import { claimOne } from "./store.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

type Answer = Outcome<SupplierOrder>;
const PERSON = { actor: "Asha Rao", reason: "nobody waits for it" };
let ids = 0;
const unpaid = (supplierOrderId = `supplier-order-${++ids}`) =>
  supplierOrder("awaiting_payment", { supplierOrderId });

/** A process whose creates are answered when the test says so. */
async function worker() {
  const clock = testClock();
  const replies: ((answer: Answer) => void)[] = [];
  const createOrder = vi.fn<Supplier["createOrder"]>(
    () => new Promise<Answer>((resolve) => replies.push(resolve)),
  );
  const ctx = await testContext(db, scriptedSupplier({ createOrder }), clock);
  async function work(orderId: string) {
    await makeDue(db, orderId);
    const claim = await claimOne(ctx, orderId);
    if (claim) await workOnClaim(ctx, claim);
    return whole(db, orderId);
  }
  return { ctx, clock, createOrder, replies, work };
}
type Worker = Awaited<ReturnType<typeof worker>>;

/** Sent, and its answer doesn't come: the next process finds it so, and leaves it unconfirmed. */
async function unanswered(by: Worker, products: Parameters<typeof place>[1] = {}) {
  const orderId = await place(by.ctx, products);
  const before = by.replies.length;
  const working = by.work(orderId);
  await vi.waitFor(() => expect(by.replies).toHaveLength(before + 1));
  await lapseLease(db, orderId);
  const next = await worker();
  expect(await next.work(orderId)).toMatchObject({ status: "unconfirmed" });
  expect(next.createOrder).not.toHaveBeenCalled();
  const reply = by.replies[before] ?? expect.fail();
  return {
    orderId,
    async late(answer: Answer) {
      reply(answer);
      await working;
      return whole(db, orderId);
    },
  };
}

const record = (
  by: Worker,
  orderId: string,
  facts: Pick<Observation, "source" | "answer"> & Partial<Observation>,
) => recordObservations(by.ctx, [{ orderId, attemptId: null, leaseToken: null, ...facts }]);
const notCreated = (by: Worker, orderId: string) =>
  record(by, orderId, { source: "list", answer: { kind: "not_created" } });

const gateOf = async ({ supplierId, fingerprint }: WholeOrder) =>
  db.placementGate.findUnique({
    where: { supplierId_fingerprint: { supplierId, fingerprint: fingerprint ?? "" } },
  });
const mirrored = (supplierOrderId: string) =>
  db.supplierOrder.findFirst({ where: { supplierOrderId: supplierOrderId.toLowerCase() } });
const outcomes = ({ attempts }: WholeOrder) =>
  attempts.map(({ outcome, resolution }) => `${outcome} ${resolution ?? ""}`.trim());

describe("an order that is unconfirmed", () => {
  it("is the supplier order's from then on, and its gate is looked into", async () => {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    const order = unpaid();
    const stored = await late(accepted(order));
    expect(stored).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: order.supplierOrderId,
    });
    expect(outcomes(stored)).toEqual(["accepted"]);
    expect(openSignals(stored)).toEqual([]);
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
    expect(await mirrored(order.supplierOrderId)).toMatchObject({ attribution: "ours", orderId });
    // Frozen still: only a look into it may open it.
    const gate = await gateOf(stored);
    expect(gate?.frozenAt).not.toBeNull();
    expect(gate?.nextPassAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it("is rejected by a late refusal: the only send made nothing", async () => {
    const one = await worker();
    const { late } = await unanswered(one);
    const stored = await late(refused("out_of_stock"));
    expect(stored).toMatchObject({ status: "rejected", nextPollAt: null });
    expect(outcomes(stored)).toEqual(["refused"]);
  });

  it("stays so by an answer that is no news", async () => {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    const before = await whole(db, orderId);
    expect(await late(UNKNOWN)).toEqual(before);
  });
});

describe("an order that was given a supplier order by counting", () => {
  it("the same: the attempt is answered now, and nothing else changes", async () => {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    const order = unpaid();
    await record(one, orderId, { source: "list", answer: { kind: "order", order } });
    const before = await whole(db, orderId);
    expect(outcomes(before)).toEqual(["unknown claimed"]);
    const stored = await late(accepted(order));
    expect(stored).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: order.supplierOrderId,
    });
    expect(openSignals(stored)).toEqual([]);
    expect(outcomes(stored)).toEqual(["accepted claimed"]);
    expect(timelineKinds(stored)).not.toContain("create_orphaned");
  });

  it("its twin's, and the twin its own: each keeps what it was given, and nothing is left over (I2)", async () => {
    const one = await worker();
    const externalId = `product_${one.ctx.newId()}`;
    await createProduct(db, one.ctx.account.id, { externalId });
    const first = await unanswered(one, { externalId });
    // Both were under way before the first was found unclear.
    await db.placementGate.updateMany({
      data: { frozenAt: null, nextPassAt: null, waitsFor: null },
    });
    const second = await unanswered(one, { externalId });
    const [ofFirst, ofSecond] = [unpaid(), unpaid()];
    await record(one, first.orderId, {
      source: "list",
      answer: { kind: "order", order: ofSecond },
    });
    await record(one, second.orderId, {
      source: "list",
      answer: { kind: "order", order: ofFirst },
    });
    const stored = [await first.late(accepted(ofFirst)), await second.late(accepted(ofSecond))];
    expect(stored.map(({ supplierOrderId }) => supplierOrderId)).toEqual([
      ofSecond.supplierOrderId,
      ofFirst.supplierOrderId,
    ]);
    for (const order of stored) {
      expect(openSignals(order)).toEqual([]);
      expect(outcomes(order)).toEqual(["orphaned claimed"]);
    }
    expect(await mirrored(ofFirst.supplierOrderId)).toMatchObject({ orderId: second.orderId });
    expect(await mirrored(ofSecond.supplierOrderId)).toMatchObject({ orderId: first.orderId });
  });

  it("another, and its own was nobody's: that one is goods without an owner, and said (I16)", async () => {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    const [counted, own] = [unpaid(), unpaid()];
    await record(one, orderId, { source: "list", answer: { kind: "order", order: counted } });
    const stored = await late(accepted(own));
    expect(stored.supplierOrderId).toBe(counted.supplierOrderId);
    expect(openSignals(stored)).toEqual(["extra_supplier_order"]);
    expect(await mirrored(own.supplierOrderId)).toMatchObject({ attribution: null, orderId: null });
    expect(await gateOf(stored)).toMatchObject({ frozenAt: expect.any(Date) });
  });
});

describe("an order that was found not to have been created", () => {
  it("and isn't sent again yet: takes it, and is sent no more", async () => {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    await notCreated(one, orderId);
    expect(await whole(db, orderId)).toMatchObject({ status: "submitting" });
    const order = unpaid();
    const stored = await late(accepted(order));
    expect(stored).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: order.supplierOrderId,
    });
    expect(outcomes(stored)).toEqual(["accepted claimed"]);
    expect(openSignals(stored)).toEqual([]);
    expect(one.createOrder).toHaveBeenCalledTimes(1);
  });

  /** Sent again, by another process, which has no answer yet. */
  async function sentAgain() {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    await notCreated(one, orderId);
    await db.placementGate.updateMany({
      data: { frozenAt: null, nextPassAt: null, waitsFor: null },
    });
    const second = await worker();
    const working = second.work(orderId);
    await vi.waitFor(() => expect(second.replies).toHaveLength(1));
    return {
      orderId,
      late,
      async answer(answer: Answer) {
        second.replies[0]?.(answer);
        return working;
      },
    };
  }

  it("and is being sent again: keeps to the new send, and the late one is nobody's goods (I1, I16)", async () => {
    const { orderId, late, answer } = await sentAgain();
    const [first, second] = [unpaid(), unpaid()];
    const meanwhile = await late(accepted(first));
    expect(meanwhile).toMatchObject({ status: "submitting", supplierOrderId: null });
    expect(outcomes(meanwhile)).toEqual(["orphaned not_created", "null"]);
    expect(openSignals(meanwhile)).toEqual(["extra_supplier_order"]);
    expect(meanwhile.signals.find(({ clearedAt }) => clearedAt === null)?.data).toEqual({
      supplierOrderId: first.supplierOrderId,
    });
    expect(await gateOf(meanwhile)).toMatchObject({ frozenAt: expect.any(Date) });
    const stored = await answer(accepted(second));
    expect(stored).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: second.supplierOrderId,
    });
    expect(await mirrored(first.supplierOrderId)).toMatchObject({ orderId: null });
    expect(await mirrored(second.supplierOrderId)).toMatchObject({ orderId });
  });

  it("and was sent again: keeps the new one, and the late one is nobody's goods", async () => {
    const { orderId, late, answer } = await sentAgain();
    const [first, second] = [unpaid(), unpaid()];
    await answer(accepted(second));
    const stored = await late(accepted(first));
    expect(stored).toMatchObject({ supplierOrderId: second.supplierOrderId });
    expect(outcomes(stored)).toEqual(["orphaned not_created", "accepted"]);
    expect(openSignals(stored)).toEqual(["extra_supplier_order"]);
    expect(await gateOf(stored)).toMatchObject({ frozenAt: expect.any(Date) });
    // Once is enough, should the answer be written down twice.
    await record(await worker(), orderId, {
      source: "create",
      answer: { kind: "order", order: first },
      attemptId: stored.attempts[0]?.id ?? null,
    });
    expect(await whole(db, orderId)).toEqual(stored);
  });

  it.each([
    ["a refusal", refused("balance")],
    ["no news", UNKNOWN],
  ])("isn't unsettled by %s of the first send", async (_, answerOfFirst) => {
    const { orderId, late, answer } = await sentAgain();
    const before = await whole(db, orderId);
    const meanwhile = await late(answerOfFirst);
    expect(meanwhile).toMatchObject({ status: "submitting", leaseToken: before.leaseToken });
    expect(outcomes(meanwhile)).toEqual(["unknown not_created", "null"]);
    expect(await answer(accepted(unpaid()))).toMatchObject({ status: "awaiting_payment" });
  });
});

describe("an order that a person has given up", () => {
  async function givenUp() {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    await record(one, orderId, {
      source: "person",
      answer: { kind: "given_up" },
      decidedBy: PERSON,
    });
    expect(await whole(db, orderId)).toMatchObject({ status: "rejected" });
    return { orderId, late };
  }

  it("stays so: what came is nobody's goods, said, and nothing equal is sent until it is cleared up", async () => {
    const { late } = await givenUp();
    const order = unpaid();
    const stored = await late(accepted(order));
    expect(stored).toMatchObject({ status: "rejected", supplierOrderId: null, nextPollAt: null });
    expect(openSignals(stored)).toEqual(["extra_supplier_order"]);
    expect(timelineKinds(stored)).toContain("create_orphaned");
    expect(await mirrored(order.supplierOrderId)).toMatchObject({ orderId: null });
    expect(await gateOf(stored)).toMatchObject({ frozenAt: expect.any(Date) });
  });

  it("changes by no refusal", async () => {
    const { orderId, late } = await givenUp();
    const before = await whole(db, orderId);
    expect(await late(refused("balance"))).toEqual(before);
  });
});

describe("an order that a person gave a supplier order", () => {
  it("keeps it; one that comes beside it is nobody's goods", async () => {
    const one = await worker();
    const { orderId, late } = await unanswered(one);
    const [chosen, own] = [unpaid(), unpaid()];
    await record(one, orderId, {
      source: "person",
      answer: { kind: "order", order: chosen },
      decidedBy: PERSON,
    });
    expect(await mirrored(chosen.supplierOrderId)).toMatchObject({
      orderId,
      attributedBy: "Asha Rao",
    });
    const stored = await late(accepted(own));
    expect(stored.supplierOrderId).toBe(chosen.supplierOrderId);
    expect(openSignals(stored)).toEqual(["extra_supplier_order"]);
  });
});
