import { describe, expect, it } from "vitest";
import type { OrderRow } from "#lib/orders/types.ts";
import { emptyDraft, newLine } from "./draft.ts";
import { productOf } from "./product.fixture.ts";
import { SIMILAR_WITHIN_MS, similarOrder } from "./similar-order.ts";

const at = "2026-11-21T06:00:00.000Z";
const row: OrderRow = {
  id: "earlier",
  status: "processing",
  isMock: false,
  productName: "Gift card 10",
  moreItems: 0,
  quantity: 2,
  total: "19.0000",
  currency: "USD",
  customerRef: "C-17",
  placedBy: "Asha",
  createdAt: at,
  statusChangedAt: at,
  lastLookedAt: null,
  nextPollAt: null,
  failedLooks: 0,
  codesStored: 0,
  codesExpected: 2,
  signals: [],
};
const draft = {
  ...emptyDraft,
  customerRef: " C-17 ",
  lines: [{ ...newLine("a", productOf()), quantity: "2" }],
};
const soon = Date.parse(at) + 60_000;

describe("similarOrder", () => {
  it("finds the same wish of the last minutes", () => {
    expect(similarOrder([row], draft, soon)?.id).toBe("earlier");
  });

  it.each([
    ["another customer", { customerRef: null }],
    ["another quantity", { quantity: 3 }],
    ["another price", { total: "20" }],
    ["more products", { moreItems: 1 }],
    ["a mock order", { isMock: true }],
    ["a refused one", { status: "rejected" as const }],
  ])("doesn't take %s for it", (_, more) => {
    expect(similarOrder([{ ...row, ...more }], draft, soon)).toBeNull();
  });

  it("forgets after a while", () => {
    expect(similarOrder([row], draft, Date.parse(at) + SIMILAR_WITHIN_MS)).toBeNull();
  });
});
