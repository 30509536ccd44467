import { expect, it } from "vitest";
import { whatChanged } from "./what-changed.ts";

it("keeps what differs, and what is new or gone", () => {
  const before = { name: "A", list: ["x"], same: 1, gone: true };
  const after = { name: "B", list: ["x", "y"], same: 1, come: null };
  expect(whatChanged(before, after)).toEqual({
    before: { name: "A", list: ["x"], gone: true, come: null },
    after: { name: "B", list: ["x", "y"], gone: null, come: null },
  });
  expect(whatChanged(before, before)).toEqual({ before: {}, after: {} });
});
