import { describe, expect, it } from "vitest";
import { queryOf, readFilter } from "./list-filter.ts";

const raw = (more: Partial<Parameters<typeof readFilter>[0]> = {}) => ({
  show: null,
  search: null,
  after: null,
  ...more,
});

describe("the list's filter in the address", () => {
  it("shows nobody's orders by default, and says nothing of it", () => {
    expect(readFilter(raw())).toEqual({ show: "nobody", search: "", after: null });
    expect(queryOf(readFilter(raw({ show: "nobody" })))).toBe("");
  });

  it("drops junk", () => {
    const filter = readFilter(raw({ show: "<script>", after: "x".repeat(301), search: "  " }));
    expect(queryOf(filter)).toBe("");
  });

  it("comes back as it was", () => {
    const filter = readFilter(raw({ show: "foreign", search: "sup-1", after: "a|b" }));
    expect(queryOf(filter)).toBe("show=foreign&search=sup-1&after=a%7Cb");
    expect(readFilter(raw(Object.fromEntries(new URLSearchParams(queryOf(filter)))))).toEqual(
      filter,
    );
  });
});
