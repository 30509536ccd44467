/** A create's answer that comes after what it says was decided otherwise: not created, given up, adopted. */
import { afterAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Answer, lateAnswers, outcomes, unpaid } from "./late-answers.fixture.ts";
import { accepted, refused, UNKNOWN } from "./observations.fixture.ts";
import { openSignals, timelineKinds, whole } from "./orders.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const { worker, unanswered, record, notCreated, gateOf, mirrored } = lateAnswers(db);

const PERSON = { actor: "Asha Rao", reason: "nobody waits for it" };

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
    await vi.waitFor(() => expect(second.replies).toHaveLength(1), { timeout: 15_000 });
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
