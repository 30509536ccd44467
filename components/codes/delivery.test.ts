import { describe, expect, it } from "vitest";
import {
  deliveryOf,
  isPinFine,
  isReasonFine,
  newDelivery,
  suggestPin,
} from "#components/codes/delivery.ts";

const id = "01998a3e-7c00-7000-8000-00000000000a";

describe("how codes come to a customer", () => {
  it("tells a link's PIN and life, and nothing of them otherwise", () => {
    const draft = { ...newDelivery(), pin: "1234", livesHours: 1, note: "  " };
    const link = { handOutId: id, way: "link", pin: "1234", expiresInMs: 3_600_000 };
    expect(deliveryOf(draft, id)).toEqual(link);
    expect(deliveryOf({ ...draft, pin: "" }, id)).toEqual({
      handOutId: id,
      way: "link",
      expiresInMs: 3_600_000,
    });
    const told = { ...draft, note: " by post ", reason: " no e-mail " };
    expect(deliveryOf(told, id)).toEqual({ ...link, note: "by post" });
    expect(deliveryOf({ ...told, way: "slip" }, id)).toEqual({
      handOutId: id,
      way: "slip",
      reason: "no e-mail",
    });
  });

  it("wants to know why codes are shown, and not why a link is made", () => {
    const fine = (way: "link" | "slip" | "reveal", reason: string) =>
      isReasonFine({ ...newDelivery(), way, reason });
    expect([fine("link", ""), fine("slip", "why"), fine("reveal", "phone")]).not.toContain(false);
    expect([fine("slip", " a "), fine("reveal", "")]).not.toContain(true);
  });

  it("knows a PIN when it sees one", () => {
    const fine = (pin: string) => isPinFine({ ...newDelivery(), pin });
    expect(["", "1234", "12345678"].every(fine)).toBe(true);
    expect(["123", "123456789", "12a4", "१२३४"].some(fine)).toBe(false);
    expect(isPinFine({ ...newDelivery(), way: "slip", pin: "x" })).toBe(true);
    expect(suggestPin()).toMatch(/^\d{6}$/);
  });
});
