import { describe, expect, it } from "vitest";
import { titleWith } from "#components/live/page-title.ts";

describe("titleWith", () => {
  it.each([
    ["Alerts · Keyhold", 3, "(3) Alerts · Keyhold"],
    ["(3) Alerts · Keyhold", 4, "(4) Alerts · Keyhold"],
    ["(99+) Alerts · Keyhold", 1, "(1) Alerts · Keyhold"],
    ["(3) Alerts · Keyhold", 0, "Alerts · Keyhold"],
    ["Alerts", 1000, "(99+) Alerts"],
    ["(sic) Alerts", 2, "(2) (sic) Alerts"],
  ])("%s with %i", (title, count, expected) => {
    expect(titleWith(title, count)).toBe(expected);
  });
});
