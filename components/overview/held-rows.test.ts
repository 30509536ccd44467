import { describe, expect, it } from "vitest";
import { countNew, inPlace, type Lists } from "#components/overview/use-held-rows.ts";
import type { OrderRow } from "#lib/orders/types.ts";

const row = (id: string, status: OrderRow["status"]): OrderRow => ({
  id,
  status,
  isMock: false,
  productName: "Steam Wallet",
  moreItems: 0,
  quantity: 1,
  total: "1",
  currency: "USD",
  customerRef: null,
  placedBy: "Asha",
  createdAt: "2026-01-01T00:00:00.000Z",
  statusChangedAt: "2026-01-01T00:00:00.000Z",
  lastLookedAt: null,
  nextPollAt: null,
  failedLooks: 0,
  codesStored: 0,
  codesExpected: 1,
  signals: [],
});
const lists = (oldestOpen: OrderRow[], recentlyDone: OrderRow[] = []): Lists => ({
  attention: [],
  oldestOpen,
  recentlyDone,
});

describe("the overview's lists while somebody is on them", () => {
  const held = lists([row("a", "paid"), row("b", "paid")]);

  it("show a row that moved on to another list where it stood, as it is now", () => {
    const now = lists([row("b", "processing"), row("c", "paid")], [row("a", "completed")]);
    expect(inPlace(held, now).oldestOpen.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "a completed",
      "b processing",
    ]);
    expect(inPlace(held, now).recentlyDone).toEqual([]);
    expect(countNew(held, now)).toBe(2);
  });

  it("count nothing when only states changed", () => {
    expect(countNew(held, lists([row("b", "processing")]))).toBe(0);
  });
});
