import { expect, it } from "vitest";
import { isUuid } from "#lib/platform/ids.ts";
import { createIds } from "./ids.ts";

it("makes ids that sort by the time of their making, the same each time", () => {
  let now = Date.UTC(2026, 5, 15);
  const make = () => {
    const newId = createIds(() => now, "1/worker1");
    return Array.from({ length: 300 }, (_, index) => {
      now = Date.UTC(2026, 5, 15) + index;
      return newId();
    });
  };
  const ids = make();
  expect(ids.every(isUuid)).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(make()).toEqual(ids);
});

it("gives two processes different ones at the same moment", () => {
  expect(createIds(() => 1_000, "1/a")()).not.toBe(createIds(() => 1_000, "1/b")());
});
