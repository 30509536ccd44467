import { expect, test } from "vitest";
import { likelyMedian, median, medians, plain, ratioOf, takeTurns } from "./rounds.ts";

test("takes turns, begins each round with another one, and forgets the warm-up", async () => {
  const turns: string[] = [];
  const contender = (name: string, value: number) => ({
    name,
    async once(round: number) {
      turns.push(`${name}${round}`);
      return value + round;
    },
  });
  const contenders = [contender("a", 10), contender("b", 20)];
  const series = await takeTurns(contenders, { rounds: 2, tiny: false }, () => undefined);

  expect(turns).toEqual(["a0", "b0", "b1", "a1", "a2", "b2"]);
  expect([...series]).toEqual([
    ["a", [11, 12]],
    ["b", [21, 22]],
  ]);

  turns.length = 0;
  await takeTurns(contenders, { rounds: 1, tiny: true }, () => undefined);
  expect(turns).toEqual(["b1", "a1"]);
});

test("divides medians, and tells how far single rounds were apart", () => {
  const series = new Map([
    ["ours", [10, 30, 20]],
    ["theirs", [10, 10, 5]],
  ]);
  expect(ratioOf(series, "ours", "theirs")).toEqual({ ratio: 2, spread: { min: 1, max: 4 } });
  expect(medians(series)).toBe("ours 20 (10–30), theirs 10 (5–10)");
});

test.each([
  [[3], 3],
  [[1, 2], 1.5],
  [[9, 1, 5], 5],
])("knows the median of %j", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test.each([
  [1, 1, 1],
  [5, 1, 5],
  [10, 1, 10],
  [40, 13, 28],
  [100, 40, 61],
])("of %i values, the median lies between the %ith and the %ith", (count, min, max) => {
  const values = Array.from({ length: count }, (_, at) => count - at);
  expect(likelyMedian(values)).toEqual({ min, max });
});

test("writes three digits that count", () => {
  expect([0, 0.012345, 1.2, 98.76, 1234.5].map(plain)).toEqual([
    "0",
    "0.0123",
    "1.2",
    "98.8",
    "1235",
  ]);
});
