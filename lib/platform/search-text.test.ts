import { describe, expect, it } from "vitest";
import { literally, searchText } from "./search-text.ts";

describe("searchText", () => {
  it("trims, and refuses nothing, too much and NUL", () => {
    expect(searchText(10).parse("  steam 5 ")).toBe("steam 5");
    for (const junk of ["", "   ", "x".repeat(11), "a\u0000b", 5, null, ["a"]]) {
      expect(searchText(10).safeParse(junk).success).toBe(false);
    }
  });
});

describe("literally", () => {
  it("escapes what LIKE takes for a wildcard", () => {
    expect(literally("50%_off\\now")).toBe("50\\%\\_off\\\\now");
    expect(literally("<b>'quoted'")).toBe("<b>'quoted'");
  });
});
