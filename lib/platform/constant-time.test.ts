import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameSecret } from "./constant-time.ts";

describe("sameSecret", () => {
  it("is equality, for texts of any length", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(sameSecret(one, one)).toBe(true);
        expect(sameSecret(one, other)).toBe(one === other);
      }),
    );
  });

  it("refuses a beginning, an end and nothing", () => {
    for (const given of ["", "Bearer ", "Bearer abc", "Bearer abcde", "bearer abcd"]) {
      expect(sameSecret(given, "Bearer abcd")).toBe(false);
    }
  });
});
