import { afterAll, describe, expect, it, vi } from "vitest";
import type { Outcome, RefusalClass, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import { accepted, refused, supplierOrder, UNKNOWN } from "./observations.fixture.ts";
import {
  dueInMs,
  lapseLease,
  makeDue,
  openSignals,
  place,
  plainCodes,
  timelineKinds,
  whole,
} from "./orders.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

type Create = Supplier["createOrder"];

/** A process of its own: its limits, its clock, and a supplier that answers creates as told. */
async function worker(...answers: (Outcome<SupplierOrder> | Create)[]) {
  const clock = testClock();
  const createOrder = vi.fn<Create>();
  for (const answer of answers) {
    createOrder.mockImplementationOnce(typeof answer === "function" ? answer : async () => answer);
  }
  const ctx = await testContext(db, scriptedSupplier({ createOrder }), clock);
  async function work(orderId: string) {
    await makeDue(db, orderId);
    const claim = await claimOne(ctx, orderId);
    if (claim) await workOnClaim(ctx, claim);
    return whole(db, orderId);
  }
  return { ctx, clock, createOrder, work };
}

let ids = 0;
const freshId = () => `supplier-order-${++ids}`;
const unpaid = () => supplierOrder("awaiting_payment", { supplierOrderId: freshId() });

/** An answer that comes when the test says so. */
function later<T>() {
  let answer: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

describe("what is sent", () => {
  it("is what was placed, with the price guard, after the attempt is committed", async () => {
    const order = unpaid();
    const one = await worker(async (sent) => {
      expect(sent).toEqual({
        reference: orderId,
        items: [{ productId: expect.stringMatching(/^product_/), quantity: 2, note: null }],
        isMock: true,
        totalPrice: "9.5",
        currency: "USD",
      });
      const stored = await whole(db, orderId);
      expect(stored.attempts).toMatchObject([{ kind: "create", outcome: null, finishedAt: null }]);
      expect(timelineKinds(stored)).toEqual(["placed", "create_sent"]);
      return accepted(order);
    });
    const orderId = await place(one.ctx, {}, { quantity: 2, isMock: true });
    const stored = await one.work(orderId);
    expect(stored).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: order.supplierOrderId,
      supplierWord: "active",
      leaseToken: null,
      attempts: [{ outcome: "accepted" }],
    });
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
  });

  it("is sent once, whoever else tries at the same time", async () => {
    const workers = await Promise.all(
      Array.from({ length: 8 }, () => worker(async () => accepted(unpaid()))),
    );
    const orderId = await place(workers[0]?.ctx ?? expect.fail());
    await Promise.all(workers.map(({ work }) => work(orderId)));
    // One of them may have come later and found it unpaid; none may have created it again.
    expect(workers.flatMap(({ createOrder }) => createOrder.mock.calls)).toHaveLength(1);
  });
});

describe("each outcome", () => {
  it("accepted and finished already: codes and all", async () => {
    const one = await worker(accepted(supplierOrder("completed", { supplierOrderId: freshId() })));
    const stored = await one.work(await place(one.ctx));
    expect(stored).toMatchObject({ status: "completed", nextPollAt: null });
    expect(await plainCodes(one.ctx, stored)).toEqual([["CODE-1"]]);
  });

  it.each(["balance", "price_changed", "out_of_stock", "validation", "auth"] as RefusalClass[])(
    "refused (%s): rejected, nothing left to do",
    async (refusalClass) => {
      const one = await worker(refused(refusalClass, { code: "SOME_CODE" }));
      const stored = await one.work(await place(one.ctx));
      expect(stored).toMatchObject({
        status: "rejected",
        rejection: { class: refusalClass, code: "SOME_CODE" },
        nextPollAt: null,
        attempts: [{ outcome: "refused", httpStatus: 400 }],
      });
      expect(stored.finishedAt).not.toBeNull();
    },
  );

  it.each([
    ["unknown", UNKNOWN],
    ["a repeat of an earlier call", refused("conflict")],
  ] as const)("%s: unconfirmed, and nobody sends it again", async (_, answer) => {
    const one = await worker(answer);
    const orderId = await place(one.ctx);
    const stored = await one.work(orderId);
    expect(stored).toMatchObject({ status: "unconfirmed", nextPollAt: null, leaseToken: null });
    expect(openSignals(stored)).toEqual(["unconfirmed"]);
    await one.work(orderId);
    expect(one.createOrder).toHaveBeenCalledTimes(1);
  });

  it("an adapter that throws: unconfirmed", async () => {
    const one = await worker(() => Promise.reject(new Error("bug")));
    const stored = await one.work(await place(one.ctx));
    expect(stored).toMatchObject({ status: "unconfirmed", attempts: [{ outcome: "unknown" }] });
  });

  it("not reached: put off and sent again later, once", async () => {
    const one = await worker(refused("transient"), refused("transient"), accepted(unpaid()));
    const orderId = await place(one.ctx);
    expect(await one.work(orderId)).toMatchObject({ status: "submitting", leaseToken: null });
    expect(await dueInMs(db, orderId)).toBeGreaterThan(500);
    await one.work(orderId);
    const stored = await one.work(orderId);
    expect(stored.attempts.map(({ outcome }) => outcome)).toEqual([
      "refused",
      "refused",
      "accepted",
    ]);
    expect(stored.status).toBe("awaiting_payment");
  });

  it("not reached for half an hour: rejected", async () => {
    const one = await worker(refused("transient"), refused("transient"));
    const orderId = await place(one.ctx);
    await one.work(orderId);
    one.clock.advance(30 * 60_000);
    expect(await one.work(orderId)).toMatchObject({
      status: "rejected",
      rejection: { class: "transient" },
    });
  });

  it("nobody there to send it for half an hour: rejected, and never sent", async () => {
    const one = await worker();
    const orderId = await place(one.ctx);
    one.clock.advance(30 * 60_000);
    const stored = await one.work(orderId);
    expect(stored).toMatchObject({
      status: "rejected",
      rejection: { class: "transient", detail: expect.stringContaining("no order exists") },
      nextPollAt: null,
      leaseToken: null,
      attempts: [],
    });
    expect(timelineKinds(stored)).toEqual(["placed", "create_refused", "signal_opened"]);
    expect(one.createOrder).not.toHaveBeenCalled();
  });

  it("sent just before the half hour is over", async () => {
    const one = await worker(accepted(unpaid()));
    const orderId = await place(one.ctx);
    one.clock.advance(30 * 60_000 - 1);
    expect(await one.work(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it.each([
    ["as it is", (id: string) => id],
    ["in capital letters", (id: string) => id.toUpperCase()],
  ])(
    "an id that another order has, %s: unconfirmed, and the other keeps it (I2)",
    async (_, spell) => {
      const order = unpaid();
      const taken = { ...order, supplierOrderId: spell(order.supplierOrderId) };
      const one = await worker(accepted(order), accepted(taken));
      const owner = await place(one.ctx);
      await one.work(owner);
      const stored = await one.work(await place(one.ctx));
      expect(stored).toMatchObject({ status: "unconfirmed", supplierOrderId: null });
      expect(stored.attempts[0]?.detail).toContain(taken.supplierOrderId);
      expect(openSignals(stored)).toEqual(["unconfirmed"]);
      expect(await whole(db, owner)).toMatchObject({ supplierOrderId: order.supplierOrderId });
      expect(
        await db.supplierOrder.findMany({ where: { supplierOrderId: order.supplierOrderId } }),
      ).toMatchObject([{ attribution: "ours", orderId: owner }]);
    },
  );
});

describe("a process that dies, or is slow, between sending and writing down", () => {
  /** Left with its create under way, and its lease run out. */
  async function abandoned() {
    const reply = later<Outcome<SupplierOrder>>();
    const first = await worker(() => reply.promise);
    const orderId = await place(first.ctx);
    const working = first.work(orderId);
    await vi.waitFor(() => expect(first.createOrder).toHaveBeenCalled(), { timeout: 15_000 });
    const second = await worker(accepted(unpaid()));
    return { reply, orderId, working, second };
  }

  it("keeps the order to itself while its lease lasts", async () => {
    const { reply, orderId, working, second } = await abandoned();
    expect(await second.work(orderId)).toMatchObject({ status: "submitting" });
    expect(second.createOrder).not.toHaveBeenCalled();
    reply.answer(accepted(unpaid()));
    expect(await working).toMatchObject({ status: "awaiting_payment" });
  });

  it("leaves an unconfirmed order to the next, who sends nothing", async () => {
    const { orderId, second } = await abandoned();
    await lapseLease(db, orderId);
    const stored = await second.work(orderId);
    expect(second.createOrder).not.toHaveBeenCalled();
    expect(stored).toMatchObject({
      status: "unconfirmed",
      nextPollAt: null,
      attempts: [{ kind: "create", outcome: "unknown" }],
    });
    expect(timelineKinds(stored)).toEqual([
      "placed",
      "create_sent",
      "create_unknown",
      "signal_opened",
    ]);
  });

  it("leaves it unconfirmed however late the next one comes: it may have been bought", async () => {
    const { orderId, second } = await abandoned();
    await lapseLease(db, orderId);
    second.clock.advance(5 * 3_600_000);
    expect(await second.work(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(second.createOrder).not.toHaveBeenCalled();
  });

  it("ends the doubt when its answer comes after all, and the order goes on", async () => {
    const { reply, orderId, working, second } = await abandoned();
    await lapseLease(db, orderId);
    await second.work(orderId);
    const order = unpaid();
    reply.answer(accepted(order));
    const stored = await working;
    expect(stored).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: order.supplierOrderId,
      attempts: [{ outcome: "accepted" }],
    });
    expect(openSignals(stored)).toEqual([]);
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
  });

  it("ends it also with a late refusal", async () => {
    const { reply, orderId, working, second } = await abandoned();
    await lapseLease(db, orderId);
    await second.work(orderId);
    reply.answer(refused("transient"));
    const stored = await working;
    expect(stored).toMatchObject({ status: "rejected", nextPollAt: null });
    expect(openSignals(stored)).toEqual(["order_failed"]);
  });

  it("changes nothing when its late answer is no news", async () => {
    const { reply, orderId, working, second } = await abandoned();
    await lapseLease(db, orderId);
    const before = await second.work(orderId);
    reply.answer(UNKNOWN);
    expect(await working).toEqual(before);
  });
});
