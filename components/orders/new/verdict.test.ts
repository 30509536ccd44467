import { describe, expect, it } from "vitest";
import { refusalClass, refusalPlace } from "./refusal.ts";
import { verdictOf } from "./verdict.ts";

describe("verdictOf", () => {
  it("never calls an order refused that may still be paid or may exist", () => {
    expect(verdictOf({ status: "rejected", signals: [], isPaidElsewhere: false })).toBe("refused");
    expect(
      verdictOf({ status: "unconfirmed", signals: ["unconfirmed"], isPaidElsewhere: false }),
    ).toBe("unclear");
    expect(verdictOf({ status: "awaiting_payment", signals: [], isPaidElsewhere: false })).toBe(
      "paying",
    );
    expect(
      verdictOf({
        status: "awaiting_payment",
        signals: ["stalled", "pay_refused"],
        isPaidElsewhere: false,
      }),
    ).toBe("payment_refused");
    // Nobody here pays it: what is to be done stands on its page.
    expect(verdictOf({ status: "awaiting_payment", signals: [], isPaidElsewhere: true })).toBe(
      "taken",
    );
    expect(verdictOf({ status: "failed", signals: [], isPaidElsewhere: false })).toBe("taken");
  });
});

describe("a refusal", () => {
  it("is told at the line only where there is but one", () => {
    expect(refusalPlace("out_of_stock", 1)).toBe("line");
    expect(refusalPlace("out_of_stock", 2)).toBe("lines");
    expect(refusalPlace("balance", 2)).toBe("total");
  });

  it("of an unknown class has words of its own", () => {
    expect(refusalClass("toString")).toBe("unknown");
    expect(refusalClass("balance")).toBe("balance");
  });
});
