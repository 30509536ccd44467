import { describe, expect, it } from "vitest";
import { balanceChanges } from "#components/balance/balance-changes.ts";

const point = (id: string, currency: string, available: string, supplierName = "FoxReload") => ({
  id,
  supplierName,
  currency,
  available,
  reserved: "0",
  sampledAt: "2026-01-01T00:00:00.000Z",
});
const differences = (...points: ReturnType<typeof point>[]) =>
  balanceChanges(points).map(({ difference }) => difference);

describe("balanceChanges", () => {
  it("compares with the sample before of the same currency", () => {
    expect(
      differences(
        point("4", "USD", "90.1"),
        point("3", "RUB", "500"),
        point("2", "USD", "100.3"),
        point("1", "RUB", "450.5"),
      ),
    ).toEqual(["-10.2", "49.5", null, null]);
  });

  it("keeps accounts apart", () => {
    expect(
      differences(
        point("3", "USD", "5"),
        point("2", "USD", "70", "Other"),
        point("1", "USD", "4.9999"),
      ),
    ).toEqual(["0.0001", null, null]);
  });

  it("says 0 where only the reserved amount moved", () => {
    expect(differences(point("2", "USD", "5.0"), point("1", "USD", "5"))).toEqual(["0", null]);
  });
});
