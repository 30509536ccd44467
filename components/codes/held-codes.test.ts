import { describe, expect, it } from "vitest";
import { areForgotten, secondsHeld, withoutPlain } from "#components/codes/held-codes.ts";
import { partsOf } from "#lib/codes/code-parts.ts";
import type { HandedOutCode } from "#lib/codes/give-codes.ts";

const plain = (value: string) => ({ value, parts: partsOf(value, null) });
const codes: HandedOutCode[] = [
  { id: "a", mask: "••A1", plain: plain("AAAA-A1") },
  { id: "b", mask: "••B2", plain: null },
  { id: "c", mask: "••C3", plain: plain("CCCC-C3") },
];

describe("the plain texts of a hand-out", () => {
  it("are held for half a minute each, on a slip for two minutes", () => {
    expect([1, 20].map((count) => secondsHeld("reveal", count))).toEqual([30, 600]);
    expect([1, 20].map((count) => secondsHeld("slip", count))).toEqual([120, 120]);
  });

  it("are forgotten one by one", () => {
    const rest = withoutPlain(codes, "a");
    expect(rest).toEqual([{ id: "a", mask: "••A1" }, codes[1], codes[2]]);
    expect(areForgotten(rest)).toBe(false);
    expect(areForgotten(withoutPlain(rest, "c"))).toBe(true);
  });

  it("are forgotten together, but not which of them didn't open", () => {
    const rest = withoutPlain(codes);
    expect(rest.map((code) => code.plain)).toEqual([undefined, null, undefined]);
    expect(JSON.stringify(rest)).not.toContain("AAAA");
    expect(areForgotten(rest)).toBe(true);
    expect(areForgotten([{ id: "b", mask: "••B2", plain: null }])).toBe(false);
  });
});
