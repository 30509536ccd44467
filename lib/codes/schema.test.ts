import { describe, expect, it } from "vitest";
import {
  handOutSchema,
  lowLineSchema,
  markBadSchema,
  releaseSchema,
  replaceSchema,
  reserveSchema,
} from "./schema.ts";

const id = "01a1fced-0399-7167-9e1d-5bee43ff142e";
/** An md5, as suppliers' products have them: no version of a UUID. */
const stockProductId = "1272802d-0f5e-0f0a-1e1b-53a1d5d95f6c";
const customer = { customerRef: " shop-1 ", way: "link" };

describe("handOutSchema", () => {
  it.each([
    ["of a product", { ...customer, stockProductId, quantity: 1 }],
    ["named", { ...customer, codeIds: [id] }],
    ["of an order", { ...customer, orderId: id }],
    ["with everything", { ...customer, codeIds: [id], handOutId: id, note: "x", pin: "4711" }],
  ])("takes codes %s", (_, input) => {
    expect(handOutSchema.parse(input)).toMatchObject({ customerRef: "shop-1" });
  });

  it.each([
    ["nothing", customer],
    ["two ways at once", { ...customer, codeIds: [id], orderId: id }],
    ["a code twice", { ...customer, codeIds: [id, id] }],
    ["no codes", { ...customer, codeIds: [] }],
    ["nobody", { way: "link", customerRef: " ", codeIds: [id] }],
    ["a customer with mark-up", { way: "link", customerRef: "<b>", codeIds: [id] }],
    ["another way", { ...customer, way: "mail", codeIds: [id] }],
    ["no quantity", { ...customer, stockProductId }],
    ["too many", { ...customer, stockProductId, quantity: 501 }],
    ["a part of one", { ...customer, stockProductId, quantity: 0.5 }],
    ["a PIN of letters", { ...customer, codeIds: [id], pin: "abcd" }],
    ["a link for ever", { ...customer, codeIds: [id], expiresInMs: 1e12 }],
    ["what nobody knows", { ...customer, codeIds: [id], actor: "admin" }],
    ["half a character", { ...customer, codeIds: [id], note: "\ud800" }],
  ])("refuses %s", (_, input) => {
    expect(handOutSchema.safeParse(input).success).toBe(false);
  });
});

describe("the others", () => {
  it("take what they should", () => {
    const reason = "no use";
    expect(reserveSchema.safeParse({ customerRef: "a", stockProductId, quantity: 1 }).success).toBe(
      true,
    );
    expect(releaseSchema.safeParse({ codeIds: [id], reason }).success).toBe(true);
    expect(lowLineSchema.safeParse({ stockProductId, lowLine: null }).success).toBe(true);
    expect(replaceSchema.safeParse({ codeId: id, way: "slip" }).success).toBe(true);
    const complaint = { kind: "wrong", evidence: "ticket 17" };
    expect(markBadSchema.safeParse({ codeId: id, reason, complaint }).success).toBe(true);
  });

  it("refuse what says nothing", () => {
    expect(releaseSchema.safeParse({ codeIds: [id], reason: " a " }).success).toBe(false);
    expect(lowLineSchema.safeParse({ stockProductId, lowLine: -1 }).success).toBe(false);
    expect(lowLineSchema.safeParse({ stockProductId: "x", lowLine: 1 }).success).toBe(false);
  });
});
