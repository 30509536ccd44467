import { describe, expect, it } from "vitest";
import { isTimeZone, quietUntil } from "./quiet-hours.ts";

const at = (text: string) => new Date(text);
const hours = (from: number, to: number, timeZone: string) => ({
  from: from * 60,
  to: to * 60,
  timeZone,
});

describe("quietUntil", () => {
  it("holds within a day, and overnight", () => {
    const noon = hours(12, 14, "Asia/Kolkata");
    expect(quietUntil(noon, at("2026-06-15T06:29:59Z"))).toBeNull();
    expect(quietUntil(noon, at("2026-06-15T06:30:00Z"))).toEqual(at("2026-06-15T08:30:00Z"));
    expect(quietUntil(noon, at("2026-06-15T08:30:00Z"))).toBeNull();
    const night = hours(22, 7, "Asia/Kolkata");
    expect(quietUntil(night, at("2026-06-15T17:00:01Z"))).toEqual(at("2026-06-16T01:30:00Z"));
    expect(quietUntil(night, at("2026-06-16T01:29:00Z"))).toEqual(at("2026-06-16T01:30:00Z"));
    expect(quietUntil(night, at("2026-06-16T01:30:00Z"))).toBeNull();
  });

  it("ends by the clock on the wall on the nights on which that is changed", () => {
    const night = hours(22, 7, "Europe/Berlin");
    // An hour less, and an hour more.
    expect(quietUntil(night, at("2026-03-28T22:00:00Z"))).toEqual(at("2026-03-29T05:00:00Z"));
    expect(quietUntil(night, at("2026-10-24T21:00:00Z"))).toEqual(at("2026-10-25T06:00:00Z"));
    // The end is in the hour that is left out: it is when that is over.
    const odd = { from: 22 * 60, to: 150, timeZone: "Europe/Berlin" };
    expect(quietUntil(odd, at("2026-03-28T23:30:00Z"))).toEqual(at("2026-03-29T01:00:00Z"));
    // It is in the hour that comes twice: quiet hours come twice with it.
    const first = quietUntil(odd, at("2026-10-24T22:00:00Z"));
    expect(first).toEqual(at("2026-10-25T00:30:00Z"));
    expect(quietUntil(odd, at("2026-10-25T01:10:00Z"))).toEqual(at("2026-10-25T01:30:00Z"));
  });

  it("is never quiet for ever, whatever the zone is called", () => {
    expect(quietUntil(hours(0, 23, "Nowhere/At_all"), at("2026-06-15T06:30:00Z"))).toBeNull();
    expect(isTimeZone("Nowhere/At_all")).toBe(false);
    expect(isTimeZone("Asia/Kolkata")).toBe(true);
  });
});
