import { expect, it } from "vitest";
import { createFaults } from "./faults.ts";

const never = () => false;
const occasions = Array.from({ length: 2_000 }, (_, index) => `worker1/step/${index}`);

it("happens as often as its rate says, and is written down", () => {
  const faults = createFaults(1, { crash: 0.1 }, never, null);
  const hits = occasions.filter((occasion) => faults.fires("crash", occasion));
  expect(hits.length).toBeGreaterThan(150);
  expect(hits.length).toBeLessThan(250);
  expect(faults.fired()).toEqual(hits.map((occasion) => `crash@${occasion}`));
});

it("doesn't happen without a rate, once it is over, or where it was left out", () => {
  const calm = createFaults(1, {}, never, null);
  const over = createFaults(1, { crash: 1 }, () => true, null);
  const one = createFaults(1, { crash: 1 }, never, new Set(["crash@worker1/step/3"]));
  const hits = (faults: ReturnType<typeof createFaults>) =>
    occasions.filter((occasion) => faults.fires("crash", occasion));
  expect([hits(calm), hits(over), hits(one)]).toEqual([[], [], ["worker1/step/3"]]);
});

it("is likelier where it is said to be, and nowhere else", () => {
  const faults = createFaults(1, { crash: 0.01 }, never, null);
  const hits = occasions.filter((occasion) => faults.fires("crash", occasion, 0.35));
  expect(hits.length).toBeGreaterThan(600);
  const calm = createFaults(1, {}, never, null);
  expect(occasions.some((occasion) => calm.fires("crash", occasion, 1))).toBe(false);
});

it("happens at the same occasions whatever else was left out", () => {
  const all = createFaults(9, { crash: 0.05, stop: 0.05 }, never, null);
  for (const occasion of occasions) {
    all.fires("crash", occasion);
    all.fires("stop", occasion);
  }
  const stops = all.fired().filter((name) => name.startsWith("stop"));
  const fewer = createFaults(9, { crash: 0.05, stop: 0.05 }, never, new Set(stops));
  for (const occasion of occasions.toReversed()) {
    fewer.fires("stop", occasion);
    fewer.fires("crash", occasion);
  }
  expect(fewer.fired().toSorted()).toEqual(stops.toSorted());
});
