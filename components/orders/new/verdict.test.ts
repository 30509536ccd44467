import { describe, expect, it } from "vitest";
import { refusalClass, refusalPlace } from "./refusal.ts";
import { verdictOf } from "./verdict.ts";

describe("verdictOf", () => {
  it("never calls an order refused that may still be paid or may exist", () => {
    expect(verdictOf({ status: "rejected", signals: [] })).toBe("refused");
    expect(verdictOf({ status: "unconfirmed", signals: ["unconfirmed"] })).toBe("unclear");
    expect(verdictOf({ status: "awaiting_payment", signals: [] })).toBe("paying");
    expect(verdictOf({ status: "awaiting_payment", signals: ["stalled", "pay_refused"] })).toBe(
      "payment_refused",
    );
    expect(verdictOf({ status: "failed", signals: [] })).toBe("taken");
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
