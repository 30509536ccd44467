import { afterAll, describe, expect, it, vi } from "vitest";
import type { Outcome, Supplier, SupplierOrder, SupplierOrderState } from "#lib/suppliers/port.ts";
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
  timelineKinds,
  whole,
} from "./orders.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let ids = 0;

/** An order that was just created, and a supplier whose answers to payments and looks are given. */
async function created(
  script: {
    seen?: Partial<SupplierOrder>;
    pays?: (Outcome<SupplierOrder | null> | Supplier["payOrder"])[];
  } = {},
) {
  const supplierOrderId = `supplier-order-${++ids}`;
  const order = (state: SupplierOrderState) =>
    supplierOrder(state, { supplierOrderId, ...script.seen });
  const clock = testClock();
  const payOrder = vi.fn<Supplier["payOrder"]>();
  for (const pay of script.pays ?? []) {
    payOrder.mockImplementationOnce(typeof pay === "function" ? pay : async () => pay);
  }
  const looks = { state: "awaiting_payment" as SupplierOrderState };
  const getOrder = vi.fn<Supplier["getOrder"]>(async () => accepted(order(looks.state)));
  const createOrder = async () => accepted(order("awaiting_payment"));
  const supplier = scriptedSupplier({ createOrder, payOrder, getOrder });
  const ctx = await testContext(db, supplier, clock);
  async function work(by = ctx) {
    await makeDue(db, orderId);
    const claim = await claimOne(by, orderId);
    if (claim) await workOnClaim(by, claim);
    return whole(db, orderId);
  }
  const orderId = await place(ctx);
  await work();
  return { ctx, clock, payOrder, getOrder, looks, work, orderId, supplierOrderId, order };
}

const outcomes = ({ attempts }: Awaited<ReturnType<typeof whole>>) =>
  attempts.filter(({ kind }) => kind === "pay").map(({ outcome }) => outcome);

describe("a fresh order", () => {
  it("is paid by its own id, after the attempt is committed, without another look", async () => {
    const one = await created({
      pays: [
        async (supplierOrderId) => {
          const stored = await whole(db, one.orderId);
          expect(stored).toMatchObject({ supplierOrderId, status: "awaiting_payment" });
          expect(stored.attempts.at(-1)).toMatchObject({ kind: "pay", outcome: null });
          return accepted(one.order("paid"));
        },
      ],
    });
    expect(await one.work()).toMatchObject({ status: "paid", leaseToken: null });
    expect(one.payOrder).toHaveBeenCalledExactlyOnceWith(
      one.supplierOrderId,
      expect.objectContaining({ notAfter: new Date(one.clock.now().getTime() + 10_000) }),
    );
    expect(one.getOrder).not.toHaveBeenCalled();
  });

  it("isn't taken for paid when the answer doesn't show it, and is never paid again", async () => {
    const one = await created({ pays: [accepted(null)] });
    expect(await one.work()).toMatchObject({ status: "awaiting_payment" });
    for (const minutes of [0, 1, 60, 24 * 60]) {
      one.clock.advance(minutes * 60_000);
      await one.work();
    }
    one.looks.state = "paid";
    const stored = await one.work();
    expect(stored.status).toBe("paid");
    expect(one.payOrder).toHaveBeenCalledTimes(1);
    expect(one.getOrder).toHaveBeenCalledTimes(5);
  });

  it("isn't paid while its word isn't understood", async () => {
    const one = await created({ pays: [accepted(null)] });
    one.looks.state = "unknown";
    await db.orderSignal.create({
      data: {
        id: one.ctx.newId(),
        orderId: one.orderId,
        key: "unknown_word",
        openedAt: new Date(),
      },
    });
    await one.work();
    await one.work();
    expect(one.payOrder).not.toHaveBeenCalled();
    one.looks.state = "awaiting_payment";
    const stored = await one.work();
    expect(one.payOrder).toHaveBeenCalledTimes(1);
    expect(openSignals(stored)).toEqual([]);
  });
});

describe("an unclear payment", () => {
  it("is looked into, and made again with the same id only when still unpaid after 30 s", async () => {
    const one = await created({ pays: [UNKNOWN] });
    await one.work();
    one.payOrder.mockImplementation(async () => accepted(one.order("paid")));
    for (const seconds of [0, 10, 19]) {
      one.clock.advance(seconds * 1_000);
      expect(await one.work()).toMatchObject({ status: "awaiting_payment" });
    }
    expect(one.payOrder).toHaveBeenCalledTimes(1);
    expect(one.getOrder).toHaveBeenCalledTimes(3);
    one.clock.advance(1_000);
    const stored = await one.work();
    expect(stored.status).toBe("paid");
    expect(outcomes(stored)).toEqual(["unknown", "accepted"]);
    expect(one.payOrder.mock.calls.map(([paid]) => paid)).toEqual([
      one.supplierOrderId,
      one.supplierOrderId,
    ]);
    expect(one.getOrder).toHaveBeenCalledTimes(4);
  });

  it("that took effect is found, and not made again", async () => {
    const one = await created({ pays: [UNKNOWN] });
    await one.work();
    one.looks.state = "processing";
    one.clock.advance(3_600_000);
    const stored = await one.work();
    expect(stored.status).toBe("processing");
    expect(one.payOrder).toHaveBeenCalledTimes(1);
  });

  it("isn't made again while the look fails", async () => {
    const one = await created({ pays: [UNKNOWN] });
    await one.work();
    one.clock.advance(3_600_000);
    one.getOrder.mockResolvedValueOnce(UNKNOWN).mockResolvedValueOnce(refused("transient"));
    await one.work();
    expect(await one.work()).toMatchObject({ failedLooks: 2 });
    expect(one.payOrder).toHaveBeenCalledTimes(1);
  });
});

describe("a refused payment", () => {
  it("is shown, tried again after a look, and over once the money is there", async () => {
    const one = await created({ pays: [refused("balance"), refused("balance")] });
    const first = await one.work();
    expect(openSignals(first)).toEqual(["pay_refused"]);
    expect(await dueInMs(db, one.orderId)).toBeGreaterThan(55_000);
    await one.work();
    expect(one.getOrder).toHaveBeenCalledTimes(1);
    one.payOrder.mockImplementation(async () => accepted(one.order("paid")));
    const stored = await one.work();
    expect(stored.status).toBe("paid");
    expect(openSignals(stored)).toEqual([]);
    expect(outcomes(stored)).toEqual(["refused", "refused", "accepted"]);
    expect(stored.signals).toHaveLength(1);
  });

  it("because it was paid already is no trouble at all", async () => {
    const one = await created({ pays: [refused("payment_not_possible")] });
    const first = await one.work();
    expect(openSignals(first)).toEqual([]);
    one.looks.state = "paid";
    expect(await one.work()).toMatchObject({ status: "paid" });
    expect(one.payOrder).toHaveBeenCalledTimes(1);
  });

  it("because the time to pay has run out ends with the cancelled order", async () => {
    const one = await created({
      seen: { cancelReason: "payment_expiration" },
      pays: [refused("payment_not_possible")],
    });
    await one.work();
    one.looks.state = "cancelled";
    expect(await one.work()).toMatchObject({
      status: "cancelled",
      cancelReason: "payment_expiration",
      nextPollAt: null,
    });
  });
});

describe("an order that costs more than was agreed to", () => {
  it("isn't paid, says why, and runs out at the supplier", async () => {
    const one = await created({ seen: { totalPrice: "5.10" } });
    const first = await one.work();
    expect(openSignals(first)).toEqual(["pay_refused"]);
    expect(first.signals[0]?.data).toMatchObject({
      class: "price_changed",
      detail: "Not paid: the supplier wants 5.1 USD, and 4.75 USD was agreed to.",
    });
    expect(await one.work()).toMatchObject({ status: "awaiting_payment", leaseToken: null });
    one.looks.state = "cancelled";
    const stored = await one.work();
    expect(stored.status).toBe("cancelled");
    expect(openSignals(stored)).toEqual(["order_failed"]);
    expect(one.payOrder).not.toHaveBeenCalled();
    expect(outcomes(stored)).toEqual([]);
  });

  it.each([
    ["in cents, where it was agreed to four decimals", { totalPrice: "4.76" }],
    ["not at all", { totalPrice: null }],
    ["less", { totalPrice: "4.50" }],
  ])("is paid all the same when the total comes %s", async (_, seen) => {
    const one = await created({ seen, pays: [accepted(null)] });
    await one.work();
    expect(one.payOrder).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["in another currency", { totalPrice: "4", currency: "RUB" }],
    ["in nonsense", { totalPrice: "123456789012345678901234567890" }],
    ["unreadable", { totalPrice: null, isPriceUnclear: true }],
  ])("isn't paid either when the total comes %s", async (_, seen) => {
    const one = await created({ seen });
    await one.work();
    const stored = await one.work();
    expect(stored).toMatchObject({ status: "awaiting_payment", leaseToken: null });
    expect(openSignals(stored)).toEqual(["pay_refused"]);
    expect(stored.signals[0]?.data).toMatchObject({ class: "price_changed" });
    expect(one.payOrder).not.toHaveBeenCalled();
  });

  it("isn't paid on an earlier total once a look shows another currency", async () => {
    const one = await created({ pays: [refused("balance")] });
    await one.work();
    one.getOrder.mockResolvedValue(
      accepted({ ...one.order("awaiting_payment"), currency: "RUB", totalPrice: "4" }),
    );
    await one.work();
    expect(await one.work()).toMatchObject({ chargedTotal: null });
    expect(one.payOrder).toHaveBeenCalledTimes(1);
  });
});

describe("a process that dies while paying", () => {
  it("leaves an unclear payment to the next, who looks and waits before paying again", async () => {
    const one = await created({ pays: [() => new Promise(() => undefined)] });
    void one.work();
    await vi.waitFor(() => expect(one.payOrder).toHaveBeenCalledTimes(1), { timeout: 15_000 });
    await lapseLease(db, one.orderId);
    one.payOrder.mockImplementation(async () => accepted(one.order("paid")));
    const next = await testContext(
      db,
      scriptedSupplier({ payOrder: one.payOrder, getOrder: one.getOrder }),
      one.clock,
    );

    expect(await one.work(next)).toMatchObject({ status: "awaiting_payment" });
    one.clock.advance(31_000);
    const taken = await one.work(next);
    expect(outcomes(taken)).toEqual(["unknown"]);
    expect(one.payOrder).toHaveBeenCalledTimes(1);
    one.clock.advance(29_000);
    await one.work(next);
    expect(one.payOrder).toHaveBeenCalledTimes(1);
    one.clock.advance(1_000);
    const stored = await one.work(next);
    expect(stored.status).toBe("paid");
    expect(outcomes(stored)).toEqual(["unknown", "accepted"]);
    expect(timelineKinds(stored).filter((kind) => kind === "pay_sent")).toHaveLength(2);
  });

  it("two processes at once pay once", async () => {
    const one = await created();
    one.payOrder.mockImplementation(async () => accepted(one.order("paid")));
    const others = await Promise.all(
      Array.from({ length: 6 }, () =>
        testContext(db, scriptedSupplier({ payOrder: one.payOrder, getOrder: one.getOrder })),
      ),
    );
    one.looks.state = "paid";
    await Promise.all(others.map((other) => one.work(other)));
    expect(one.payOrder).toHaveBeenCalledTimes(1);
    expect(await whole(db, one.orderId)).toMatchObject({ status: "paid" });
  });
});
