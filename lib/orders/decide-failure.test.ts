import { describe, expect, it } from "vitest";
import type { RefusalClass } from "#lib/suppliers/port.ts";
import { onAcceptedPayment, onRefusal, onUnknown } from "./decide-failure.ts";
import type { OrderState } from "./decision.ts";
import {
  minutesBefore,
  NOW,
  orderState,
  REFUSAL_CLASSES,
  refusal,
  UNKNOWN,
} from "./observations.fixture.ts";

const PASSING: RefusalClass[] = ["rate_limited", "transient"];
const refuse = (
  state: OrderState,
  refusalClass: RefusalClass,
  source: "create" | "pay" | "look",
  retryAfterMs?: number,
) => onRefusal(state, refusal(refusalClass, { retryAfterMs }), { source }, NOW, 0.5);

describe("a refused create", () => {
  it.each(REFUSAL_CLASSES.filter((one) => !PASSING.includes(one) && one !== "conflict"))(
    "(%s) rejects the order with the supplier's words",
    (one) => {
      const decision = refuse(orderState("submitting"), one, "create");
      expect(decision).toMatchObject({
        status: "rejected",
        rejection: { class: one, code: null, detail: `refused: ${one}` },
        nextInMs: null,
      });
    },
  );

  it.each(PASSING)("(%s) is put off, for half an hour at the most", (one) => {
    // Counted anew where it was found not to have been created, and is sent again.
    const since = (minutes: number) =>
      orderState("submitting", {
        createdAt: minutesBefore(500),
        statusChangedAt: minutesBefore(minutes),
      });
    const young = refuse(since(29), one, "create");
    expect(young.status).toBeUndefined();
    expect(young.nextInMs).toBeGreaterThan(0);
    expect(refuse(since(30), one, "create")).toMatchObject({
      status: "rejected",
      rejection: { class: one },
    });
  });

  it("waits as long as the supplier asked for, and longer after each refusal", () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 50].map(
      (refusals) => refuse(orderState("submitting", { refusals }), "transient", "create").nextInMs,
    );
    expect(waits).toEqual([1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000, 45_000]);
    const asked = refuse(orderState("submitting"), "rate_limited", "create", 600_000);
    expect(asked.nextInMs).toBe(600_000);
  });

  it("as a repeat (conflict) is no rejection: an earlier call may have made the order", () => {
    for (const status of ["submitting", "unconfirmed"] as const) {
      const decision = refuse(orderState(status), "conflict", "create");
      expect(decision).toMatchObject({ status: "unconfirmed", nextInMs: null });
      expect(decision.open).toMatchObject([{ key: "unconfirmed" }]);
    }
  });

  it.each([...PASSING, "balance"] as const)(
    "(%s) that comes late tells an unconfirmed order that nothing exists",
    (one) => {
      const decision = refuse(orderState("unconfirmed"), one, "create");
      expect(decision).toMatchObject({ status: "rejected", nextInMs: null });
      expect(decision.clear).toContain("unconfirmed");
    },
  );

  it("changes nothing of an order that the supplier is known to have", () => {
    const decision = refuse(orderState("paid"), "balance", "create");
    expect(decision.status).toBeUndefined();
    expect(decision.timeline).toMatchObject([{ kind: "create_refused" }]);
  });
});

describe("a refused payment", () => {
  const unpaid = orderState("awaiting_payment");

  it.each(["balance", "auth", "validation", "price_changed", "unknown"] as const)(
    "(%s) is shown, and tried again in a minute",
    (one) => {
      const decision = refuse(unpaid, one, "pay");
      expect(decision.open).toMatchObject([{ key: "pay_refused", data: { class: one } }]);
      expect(decision.nextInMs).toBe(60_000);
      expect(decision.status).toBeUndefined();
    },
  );

  it.each([...PASSING, "payment_not_possible", "not_found"] as const)(
    "(%s) is followed up soon, less often each time, without a signal",
    (one) => {
      expect(refuse(unpaid, one, "pay")).toMatchObject({ open: [], nextInMs: 1_500 });
      const later = orderState("awaiting_payment", { refusals: 9 });
      expect(refuse(later, one, "pay").nextInMs).toBe(45_000);
    },
  );

  it("of an order that has moved on meanwhile is only noted", () => {
    expect(refuse(orderState("processing"), "balance", "pay").open).toEqual([]);
    expect(refuse(orderState("completed"), "balance", "pay").nextInMs).toBeNull();
  });
});

describe("an unknown outcome", () => {
  it("of a create stops the order for a person", () => {
    const decision = onUnknown(orderState("submitting"), UNKNOWN, { source: "create" }, NOW, 0.5);
    expect(decision).toMatchObject({ status: "unconfirmed", nextInMs: null, gate: "freeze" });
    expect(decision.clear).toContain("stalled");
    expect(decision.open).toMatchObject([{ key: "unconfirmed" }]);
  });

  it.each(["awaiting_payment", "paid", "completed", "rejected"] as const)(
    "of a create doesn't unsettle an order that is %s",
    (status) => {
      const decision = onUnknown(orderState(status), UNKNOWN, { source: "create" }, NOW, 0.5);
      expect(decision.status).toBeUndefined();
      expect(decision.open).toEqual([]);
    },
  );

  it("of a payment is looked into shortly", () => {
    const decision = onUnknown(
      orderState("awaiting_payment"),
      UNKNOWN,
      { source: "pay" },
      NOW,
      0.5,
    );
    expect(decision).toMatchObject({ open: [], nextInMs: 3_000 });
    expect(decision.status).toBeUndefined();
  });
});

describe("a payment that was accepted without the order", () => {
  it("is followed by a look, not taken for paid", () => {
    const decision = onAcceptedPayment(orderState("awaiting_payment"));
    expect(decision.status).toBeUndefined();
    expect(decision.nextInMs).toBe(1_000);
  });

  it("wakes no finished order", () => {
    expect(onAcceptedPayment(orderState("completed")).nextInMs).toBeNull();
    expect(onAcceptedPayment(orderState("cancelled")).nextInMs).toBeNull();
  });
});

describe("a look that failed", () => {
  const fail = (failedLooks: number, one: RefusalClass = "not_found", retryAfterMs?: number) =>
    refuse(orderState("processing", { failedLooks }), one, "look", retryAfterMs);

  it("is tried again for ever, less and less often", () => {
    const waits = [0, 1, 2, 3, 4, 5, 99].map((count) => fail(count, "transient").nextInMs ?? 0);
    expect(waits).toEqual([3_000, 6_000, 12_000, 24_000, 45_000, 45_000, 45_000]);
    const old = orderState("processing", { statusChangedAt: minutesBefore(60 * 48) });
    expect(refuse(old, "transient", "look").nextInMs).toBe(3_600_000);
  });

  it("obeys the silence that the supplier asked for", () => {
    expect(fail(0, "rate_limited", 900_000).nextInMs).toBe(900_000);
  });

  it("says that the supplier has lost the order only after three in a row", () => {
    expect(fail(0).open).toEqual([]);
    expect(fail(1).open).toEqual([]);
    expect(fail(2).open).toMatchObject([{ key: "lost_at_supplier" }]);
    expect(fail(2, "transient").open).toEqual([]);
  });

  it("goes on for missing codes, and a few times where news of a finished order was told", () => {
    const failed = (status: "partial" | "completed" | "rejected", failedLooks: number) =>
      onUnknown(
        orderState(status, { finishedAt: NOW, failedLooks }),
        UNKNOWN,
        { source: "look" },
        NOW,
        0.5,
      ).nextInMs;
    expect(failed("partial", 50)).toBeGreaterThan(0);
    expect(failed("completed", 3)).toBeGreaterThan(0);
    expect(failed("completed", 4)).toBeNull();
    expect(failed("rejected", 0)).toBeNull();
  });
});
