import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { takeTurn } from "./take-turns.ts";

test("a few begin in each turn of the loop, in the order in which they came", async () => {
  const begun: number[] = [];
  const all = Array.from({ length: 7 }, (_, number) => takeTurn().then(() => begun.push(number)));
  const counts: number[] = [];
  while (begun.length < all.length) {
    await nextTurn();
    counts.push(begun.length);
  }
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const grown = counts.map((count, turn) => count - (counts[turn - 1] ?? 0));
  expect(Math.max(...grown)).toBe(2);
});
