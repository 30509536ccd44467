import { expect, test } from "vitest";
import { isUuid } from "./ids.ts";
import { newId } from "./new-id.ts";

test("ids are UUIDv7, differ, and sort by the time of their making", () => {
  const before = Date.now();
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids.every(isUuid)).toBe(true);
  expect(ids.every((id) => /^.{14}7.{4}[89ab]/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(Number.parseInt((ids[0] ?? "").replace("-", "").slice(0, 12), 16)).toBeGreaterThanOrEqual(
    before,
  );
});

test("nothing random is used twice", () => {
  const tails = Array.from({ length: 5_000 }, () => newId().slice(24));
  expect(new Set(tails).size).toBe(tails.length);
});
