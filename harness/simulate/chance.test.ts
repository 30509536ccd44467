import { expect, it } from "vitest";
import { draw, drawBetween, drawOne, drawWeighted, stream } from "./chance.ts";

it("gives the same number for the same name, and another for another", () => {
  expect(draw(1, "crash", "worker1/3")).toBe(draw(1, "crash", "worker1/3"));
  expect(draw(1, "crash", "worker1/3")).not.toBe(draw(1, "crash", "worker1/4"));
  expect(draw(1, "crash")).not.toBe(draw(2, "crash"));
});

it("spreads evenly", () => {
  const draws = Array.from({ length: 10_000 }, (_, index) => draw("spread", index));
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draws)).toBeLessThan(1);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = draws.filter((one) => Math.floor(one * 10) === tenth).length / draws.length;
    expect(share).toBeGreaterThan(0.08);
    expect(share).toBeLessThan(0.12);
  }
});

it("reaches both bounds", () => {
  const draws = Array.from({ length: 200 }, (_, index) => drawBetween(3, 5, "bounds", index));
  expect(new Set(draws)).toEqual(new Set([3, 4, 5]));
});

it("goes by the weights", () => {
  const draws = Array.from({ length: 2_000 }, (_, index) =>
    drawWeighted({ often: 9, seldom: 1, never: 0 }, "weights", index),
  );
  const often = draws.filter((one) => one === "often").length;
  expect(often).toBeGreaterThan(1_700);
  expect(often).toBeLessThan(1_900);
  expect(draws).not.toContain("never");
});

it("says so where there is nothing to draw from", () => {
  expect(() => drawOne([], "nothing")).toThrow("nothing to draw from");
});

it("repeats a stream from its name", () => {
  const [first, second] = [stream("turns", 7), stream("turns", 7)];
  expect([first(), first(), first()]).toEqual([second(), second(), second()]);
  expect(stream("turns", 8)()).not.toBe(stream("turns", 7)());
});
