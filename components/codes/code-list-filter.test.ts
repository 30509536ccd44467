import { describe, expect, it } from "vitest";
import {
  codeQueryOf,
  readCodeFilter,
  writeCodeFilter,
} from "#components/codes/code-list-filter.ts";

const after = "01998a3e-7c00-7000-8000-00000000000a";

describe("readCodeFilter", () => {
  it("reads what writeCodeFilter wrote", () => {
    const filter = { search: "steam & co", mock: true, after };
    expect(readCodeFilter(writeCodeFilter(filter))).toEqual(filter);
    expect(codeQueryOf(filter)).toBe(`search=steam+%26+co&mock=only&after=${after}`);
  });

  it("leaves junk out", () => {
    const filter = readCodeFilter({
      search: `  ${"x".repeat(300)}`,
      mock: "both",
      after: "../etc",
    });
    expect(filter).toEqual({ search: "x".repeat(198), mock: false, after: null });
    expect(codeQueryOf(readCodeFilter({ search: " ", mock: null, after: null }))).toBe("");
  });
});
