import { describe, expect, it } from "vitest";
import { isUuid } from "./ids.ts";

describe("isUuid", () => {
  it("takes what PostgreSQL takes without complaint, and nothing else", () => {
    expect(isUuid("01a1fced-0399-7167-9e1d-5bee43ff142e")).toBe(true);
    expect(isUuid("01A1FCED-0399-7167-9E1D-5BEE43FF142E")).toBe(true);
    const junk = [
      "",
      "1",
      "01a1fced03997167",
      "01a1fced-0399-7167-9e1d-5bee43ff142e\n",
      null,
      7,
      {},
    ];
    for (const one of junk) expect(isUuid(one)).toBe(false);
  });
});
