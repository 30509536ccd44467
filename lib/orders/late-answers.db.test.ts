/** A create's answer that comes after the order has gone on without it, in every state it may be in by then. */
import { afterAll, describe, expect, it } from "vitest";
import { createProduct } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { lateAnswers, outcomes, unpaid } from "./late-answers.fixture.ts";
import { accepted, refused, UNKNOWN } from "./observations.fixture.ts";
import { dueInMs, openSignals, timelineKinds, whole } from "./orders.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const { worker, unanswered, record, gateOf, mirrored } = lateAnswers(db);

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
