import { expect, it } from "vitest";
import { changesOf, factsOf } from "./changes.ts";
import { objectLink } from "./object-link.ts";

it("sets before and after side by side", () => {
  expect(changesOf({ before: { name: "A", limit: 3 }, after: { name: "B", tags: ["x"] } })).toEqual(
    [
      { name: "name", before: "A", after: "B" },
      { name: "tags", before: null, after: '["x"]' },
      { name: "limit", before: "3", after: null },
    ],
  );
  expect(changesOf({ before: null, after: null })).toEqual([]);
  expect(factsOf({ orderId: "o1", none: null, count: 3 })).toEqual([
    { name: "orderId", value: "o1" },
    { name: "none", value: "" },
    { name: "count", value: "3" },
  ]);
});

it("leads to the thing, and never out of its room", () => {
  expect(objectLink({ objectKind: "order", objectId: "../x?y" })).toBe("/orders/..%2Fx%3Fy");
  expect(objectLink({ objectKind: "code", objectId: "none" })).toBeNull();
  expect(objectLink({ objectKind: "runbook", objectId: "stalled/en" })).toBe(
    "/settings/runbooks/stalled",
  );
  expect(objectLink({ objectKind: "data_key", objectId: "ab12" })).toBeNull();
});
