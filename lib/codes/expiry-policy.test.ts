import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readExpiry } from "./expiry-policy.ts";

const noon = "T12:00:00.000Z";

describe("readExpiry", () => {
  it.each<[unknown, string]>([
    ["2027-01-31", `2027-01-31${noon}`],
    [" 2027/1/31 ", `2027-01-31${noon}`],
    ["31.01.2027", `2027-01-31${noon}`],
    ["3.4.2027", `2027-04-03${noon}`],
    ["31/01/2027", `2027-01-31${noon}`],
    ["01/31/2027", `2027-01-31${noon}`],
    ["05/05/2027", `2027-05-05${noon}`],
    ["31 Jan 2027", `2027-01-31${noon}`],
    ["31-January-2027", `2027-01-31${noon}`],
    ["Jan 31, 2027", `2027-01-31${noon}`],
    ["1st Sept 2027", `2027-09-01${noon}`],
    ["02/2028", `2028-02-29${noon}`],
    ["02/28", `2028-02-29${noon}`],
    ["2027-12", `2027-12-31${noon}`],
    ["2027-01-31T10:00:00Z", "2027-01-31T10:00:00.000Z"],
    ["2027-01-31 10:00", "2027-01-31T10:00:00.000Z"],
    ["2027-01-31 10:00:00 UTC", "2027-01-31T10:00:00.000Z"],
    ["2027-01-31T10:00:00.123456+05:30", "2027-01-31T04:30:00.000Z"],
    ["2027-01-31T10:00:00+0530", "2027-01-31T04:30:00.000Z"],
    // Two digits of a year: with dots the day comes first; else where one reading alone is a date.
    ["31.12.26", `2026-12-31${noon}`],
    ["1.2.27", `2027-02-01${noon}`],
    ["12/31/26", `2026-12-31${noon}`],
    ["31/12/99", `2099-12-31${noon}`],
    ["31-Dec-26", `2026-12-31${noon}`],
    ["Dec 31, 26", `2026-12-31${noon}`],
    // A month stands for its last day.
    ["Dec 2027", `2027-12-31${noon}`],
    ["February-2028", `2028-02-29${noon}`],
    // Nothing between.
    ["20270131", `2027-01-31${noon}`],
    [20_270_131, `2027-01-31${noon}`],
    ["20270131T100000Z", "2027-01-31T10:00:00.000Z"],
    ["20270131100000", "2027-01-31T10:00:00.000Z"],
    [20_270_131_100_000, "2027-01-31T10:00:00.000Z"],
    // A time behind any spelling of a day.
    ["31.12.2026 23:59", "2026-12-31T23:59:00.000Z"],
    ["31.12.26 23:59:59 UTC", "2026-12-31T23:59:59.000Z"],
    ["2027/01/31 10:00:00", "2027-01-31T10:00:00.000Z"],
    ["12/31/2026 11:59 PM", "2026-12-31T23:59:00.000Z"],
    ["Jan 31, 2027 12:05 am", "2027-01-31T00:05:00.000Z"],
    ["31 Jan 2027, 10:00 +05:30", "2027-01-31T04:30:00.000Z"],
    [1_801_000_000, "2027-01-26T21:46:40.000Z"],
    [1_801_000_000_000, "2027-01-26T21:46:40.000Z"],
    ["1801000000", "2027-01-26T21:46:40.000Z"],
    ["1801000000000", "2027-01-26T21:46:40.000Z"],
  ])("%j is %s", (value, iso) => {
    expect(readExpiry(value)?.toISOString()).toBe(iso);
  });

  it.each([
    // Two dates.
    "03/04/2027",
    "3-4-2027",
    "03/04/2027 10:00",
    // Day first, or year first.
    "31/12/26",
    "26-12-31",
    "03/04/05",
    // A day or a year?
    "Dec 26",
    "Dec-26",
    "26-Dec",
    // No date.
    "31.02.2027",
    "2027-02-30",
    "2027-02-30T10:00:00Z",
    "2027-01-31T25:00:00Z",
    "13/2027",
    "0/27",
    "30 days",
    "never",
    "lifetime",
    "12",
    "20270231",
    "20271301",
    "01022027",
    "202712",
    "2027",
    "1227",
    "99 Foo 2027",
    "99 Foo 27",
    "31.12.26 25:00",
    "12/31/2026 13:00 PM",
    "12/31/2026 0:30 am",
    "31.12.26 tomorrow",
    20_271_301,
    "",
    // Never, or nonsense.
    "9999-12-31",
    "0000-00-00",
    "1970-01-01",
    0,
    -1,
    30,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    null,
    undefined,
    true,
    {},
    [],
  ])("%j is no date", (value) => {
    expect(readExpiry(value)).toBeNull();
  });

  it.each([
    ["31/12/26", "day_first", "2026-12-31"],
    ["03/04/27", "day_first", "2027-04-03"],
    ["03/04/27", "month_first", "2027-03-04"],
    ["03/04/2027 10:00", "day_first", "2027-04-03"],
    ["12/31/26", "day_first", null],
  ] as const)("%j, %s, is %s", (text, order, day) => {
    expect(readExpiry(text, order)?.toISOString().slice(0, 10) ?? null).toBe(day);
  });

  it("survives anything, at once", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.anything()), (value) => {
        const at = readExpiry(value);
        if (at === null) return;
        expect(at.getTime()).toBeGreaterThanOrEqual(Date.UTC(2000, 0, 1));
        expect(at.getTime()).toBeLessThan(Date.UTC(2100, 0, 1));
      }),
      { numRuns: 5_000 },
    );
  });

  it("reads back every day that it is told", () => {
    const days = fc.date({
      min: new Date("2000-01-01T00:00:00Z"),
      max: new Date("2099-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (day) => {
        const text = day.toISOString().slice(0, 10);
        expect(readExpiry(text)?.toISOString().slice(0, 10)).toBe(text);
        expect(readExpiry(day.toISOString())?.getTime()).toBe(
          Math.floor(day.getTime() / 1e3) * 1e3,
        );
      }),
    );
  });
});
