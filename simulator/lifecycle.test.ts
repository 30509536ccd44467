import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderTruth } from "./lifecycle.ts";
import { planOrder, replanOrder, type Timing } from "./plan.ts";
import type { Order, Plan } from "./state.ts";

const timing: Timing = {
  paidMs: { minMs: 1000, maxMs: 1000 },
  completeMs: { minMs: 5000, maxMs: 5000 },
  paymentWindowMs: 60_000,
};

const item = { productId: "product_a", quantity: 3, fate: null };

function orderWith(plan: Partial<Plan>, payments: number[]): Order {
  return {
    id: "order",
    seed: 1,
    createdAt: 0,
    paymentExpiresAt: timing.paymentWindowMs,
    currency: "usd",
    totalPrice: "1.0000",
    isMock: false,
    idempotencyKey: null,
    origin: "call",
    items: [{ productId: "product_a", quantity: 3, price: "1.0000", note: null }],
    plan: { ...planOrder([item], null, timing, 0, ["test"]), ...plan },
    payments,
    settled: null,
  };
}

const statusAt = (order: Order, now: number) => orderTruth(order, now).status;

describe("orderTruth", () => {
  it("walks a paid order through paid and processing to completed", () => {
    const order = orderWith({}, [100]);
    expect([100, 1099, 1100, 5099, 5100].map((now) => statusAt(order, now))).toEqual([
      "paid",
      "paid",
      "processing",
      "processing",
      "completed",
    ]);
  });

  it("cancels an unpaid order when its payment window ends, not before", () => {
    const order = orderWith({}, []);
    expect(statusAt(order, 59_999)).toBe("active");
    expect(orderTruth(order, 60_000)).toEqual({
      status: "cancelled",
      since: 60_000,
      cancelReason: "payment_expiration",
    });
  });

  it.each(["active", "paid", "processing"] as const)(
    "stays in %s for ever when stalled",
    (stallAt) => {
      expect(statusAt(orderWith({ stallAt }, [0]), 1e12)).toBe(stallAt);
    },
  );

  it("cancels before payment with the planned reason", () => {
    const order = orderWith({ cancelledAfterMs: 10, cancelReason: "user_request" }, []);
    expect(statusAt(order, 9)).toBe("active");
    expect(orderTruth(order, 10)).toMatchObject({
      status: "cancelled",
      cancelReason: "user_request",
    });
  });

  it("believes what was settled, whatever the plan says now", () => {
    const settled = {
      status: "failed",
      at: 7,
      cancelReason: null,
      moneyReturned: true,
    } as const;
    expect(statusAt({ ...orderWith({}, [0]), settled }, 1e9)).toBe("failed");
  });
});

describe("plans", () => {
  const rank = ["active", "paid", "processing", "completed", "cancelled", "failed"];
  const step = (order: Order, now: number) => Math.min(rank.indexOf(statusAt(order, now)), 3);
  const fates = fc.record(
    {
      completeAfter: fc.oneof(
        fc.record({ ms: fc.nat(20_000) }),
        fc.record({ meanMs: fc.nat(20_000) }),
        fc.record({ minMs: fc.nat(5000), maxMs: fc.integer({ min: 5000, max: 20_000 }) }),
      ),
      stall: fc.constantFrom("active" as const, "paid" as const, "processing" as const),
      fail: fc.constant({ message: "no", keepMoney: false }),
    },
    { requiredKeys: [] },
  );

  it("never lead backwards, also when replanned midway", () => {
    fc.assert(
      fc.property(
        fates,
        fates,
        fc.nat(30_000),
        fc.array(fc.nat(60_000), { maxLength: 8 }),
        (first, second, replanAt, waits) => {
          const plan = planOrder([item], { fate: first, productId: null }, timing, 0, ["p"]);
          const order = orderWith(plan, [0]);
          const before = step(order, replanAt);
          if (before === 3) return;
          order.plan = replanOrder(order, second, replanAt, ["p2"]);
          let now = replanAt;
          let last = before;
          for (const wait of waits) {
            expect(step(order, now)).toBeGreaterThanOrEqual(last);
            last = step(order, now);
            now += wait;
          }
        },
      ),
    );
  });

  it("release a stalled order when a rule says when it completes", () => {
    const order = orderWith({ stallAt: "processing" }, [0]);
    order.plan = replanOrder(order, { completeAfter: { ms: 50 } }, 600_000, ["r"]);
    expect(statusAt(order, 600_049)).toBe("processing");
    expect(statusAt(order, 600_050)).toBe("completed");
  });

  it("deliver fewer, more or no codes as the fate says", () => {
    const codes = (fate: Parameters<typeof planOrder>[0][number]["fate"]) =>
      planOrder([{ ...item, fate }], null, timing, 0, ["c"]).items[0];
    expect(codes(null)).toEqual({ error: null, codes: 3 });
    expect(codes({ partialCodes: 1 })).toEqual({ error: null, codes: 1 });
    expect(codes({ extraCodes: 2 })).toEqual({ error: null, codes: 5 });
    expect(codes({ itemError: { message: "gone" } })).toEqual({ error: "gone", codes: 0 });
  });

  it("keep a product's own item fate apart from its neighbours", () => {
    const plan = planOrder(
      [item, { productId: "product_b", quantity: 2, fate: { partialCodes: 1 } }],
      null,
      timing,
      0,
      ["n"],
    );
    expect(plan.items.map((one) => one.codes)).toEqual([3, 1]);
  });
});
