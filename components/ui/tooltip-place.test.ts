import { describe, expect, it } from "vitest";
import { placeTooltip } from "#components/ui/tooltip-place.ts";

const view = { width: 400, height: 300 };
const tip = { width: 100, height: 20 };

describe("placeTooltip", () => {
  it("sits centred above", () => {
    const target = { left: 150, top: 100, width: 40, height: 20 };
    expect(placeTooltip(target, tip, view)).toEqual({ left: 120, top: 74 });
  });
  it("goes below at the top edge", () => {
    expect(placeTooltip({ left: 150, top: 5, width: 40, height: 20 }, tip, view).top).toBe(31);
  });
  it("stays inside at the sides, also when wider than the window", () => {
    expect(placeTooltip({ left: 0, top: 100, width: 20, height: 20 }, tip, view).left).toBe(8);
    expect(placeTooltip({ left: 380, top: 100, width: 20, height: 20 }, tip, view).left).toBe(292);
    const wide = { width: 500, height: 20 };
    expect(placeTooltip({ left: 380, top: 100, width: 20, height: 20 }, wide, view).left).toBe(8);
  });
});
