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
  const all = { people: true, apiKeys: true };
  const linkOf = (objectKind: string, objectId: string) =>
    objectLink({ objectKind, objectId }, all);
  expect(linkOf("order", "../x?y")).toBe("/orders/..%2Fx%3Fy");
  expect(linkOf("code", "none")).toBeNull();
  expect(linkOf("runbook", "stalled/en")).toBe("/settings/runbooks/stalled");
  expect(linkOf("data_key", "ab12")).toBeNull();
});

it("leads a lead, who reads the audit, neither to people nor to keys", () => {
  const lead = { people: false, apiKeys: false };
  expect(objectLink({ objectKind: "user", objectId: "u1" }, lead)).toBeNull();
  expect(objectLink({ objectKind: "api_key", objectId: "k1" }, lead)).toBeNull();
  expect(objectLink({ objectKind: "user", objectId: "u1" }, { people: true, apiKeys: false })).toBe(
    "/settings/people",
  );
});
