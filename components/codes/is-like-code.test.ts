import { describe, expect, it } from "vitest";
import { isLikeCode } from "./is-like-code.ts";

describe("isLikeCode", () => {
  it.each(["XK7P-22QD-MM41", "AAAA-BBBB-CCC1", "X2K9QPLM77RTZZ01", " XK7P-22QD-MM41 "])(
    "%j is",
    (text) => {
      expect(isLikeCode(text)).toBe(true);
    },
  );

  it.each([
    "",
    "steam",
    "STEAM",
    "shop-1042",
    "SHOP-1042",
    "Netflix 30",
    "2026-11-21",
    "order_01hzz3",
    "01a1ff01-fe14-7528-8360-e94c60d9094e",
    "481516234200",
  ])("%j isn't", (text) => {
    expect(isLikeCode(text)).toBe(false);
  });
});
