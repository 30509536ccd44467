import { describe, expect, it } from "vitest";
import { inPlace, type Lists } from "#components/overview/use-held-lists.ts";
import type { AlertRow, AlertSeverity } from "#lib/alerts/types.ts";
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
/** Of an alert these lists look at nothing but its id. */
const alert = (id: string, severity: AlertSeverity) => ({ id, severity }) as AlertRow;
const lists = (
  oldestOpen: OrderRow[],
  recentlyDone: OrderRow[] = [],
  alerts: AlertRow[] = [],
): Lists => ({ alerts, oldestOpen, recentlyDone });

describe("the overview's lists while somebody is on them", () => {
  const held = lists(
    [row("a", "paid"), row("b", "paid")],
    [],
    [alert("x", "warning"), alert("y", "info")],
  );

  it("show a row that moved on to another list where it stood, as it is now", () => {
    const now = lists([row("b", "processing"), row("c", "paid")], [row("a", "completed")]);
    const { lists: shown, waiting } = inPlace(held, now);
    expect(shown.oldestOpen.map(({ id, status }) => `${id} ${status}`)).toEqual([
      "a completed",
      "b processing",
    ]);
    expect(shown.recentlyDone).toEqual([]);
    expect(waiting).toBe(2);
  });

  it("count nothing when only states changed", () => {
    const now = lists([row("b", "processing")], [], [alert("y", "info")]);
    expect(inPlace(held, now).waiting).toBe(0);
  });

  it("keep alerts in their places when one gets worse, and count the new ones", () => {
    const now = lists(
      [],
      [],
      [alert("z", "critical"), alert("y", "critical"), alert("x", "warning")],
    );
    const { lists: shown, waiting } = inPlace(held, now);
    expect(shown.alerts.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      "x warning",
      "y critical",
    ]);
    expect(waiting).toBe(1);
  });
});
