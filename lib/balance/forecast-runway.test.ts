import { describe, expect, it } from "vitest";
import { forecastRunway, type Spell } from "./forecast-runway.ts";

const now = new Date("2026-03-08T00:00:00.000Z");
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const spell = (hours: number, then: string, putIn = "0", since = ago(hours)): Spell => ({
  ...{ hours, since, then, putIn },
});
const amounts = { available: "100", free: "90" };

describe("forecastRunway", () => {
  it("says how long what is free lasts, from the fastest to the slowest rate", () => {
    const spells = [spell(1, "110"), spell(24, "148"), spell(168, "184", "0.8")];
    const { burns, lasts } = forecastRunway(amounts, spells, now);
    expect(burns).toEqual([
      { hours: 1, covered: 1, spent: "10", perHour: "10", lasts: 9 },
      { hours: 24, covered: 24, spent: "48", perHour: "2", lasts: 45 },
      { hours: 168, covered: 168, spent: "84.8", perHour: "0.5047", lasts: 178.3 },
    ]);
    expect(lasts).toEqual({ atLeast: 9, atMost: 178.3 });
  });

  it("doesn't take a top-up for thrift, nor a gain for spending", () => {
    const { burns, lasts } = forecastRunway(amounts, [spell(1, "50", "60"), spell(24, "20")], now);
    expect(burns.map(({ spent, lasts: hours }) => [spent, hours])).toEqual([
      ["10", 9],
      ["0", null],
    ]);
    expect(lasts).toEqual({ atLeast: 9, atMost: null });
  });

  it("counts from the first sample where the history is younger, and says nothing of minutes", () => {
    const young = [spell(1, "101", "0", ago(0.1)), spell(24, "112", "0", ago(6))];
    expect(forecastRunway(amounts, young, now).burns).toEqual([
      { hours: 24, covered: 6, spent: "12", perHour: "2", lasts: 45 },
    ]);
    expect(forecastRunway(amounts, [], now)).toEqual({ burns: [], lasts: null });
  });

  it("has nothing left where more is promised than there is", () => {
    const { lasts } = forecastRunway({ available: "5", free: "-1" }, [spell(1, "6")], now);
    expect(lasts).toEqual({ atLeast: 0, atMost: 0 });
  });
});
