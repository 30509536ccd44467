import { expect, it } from "vitest";
import { planRun } from "./plan.ts";
import { isProfile, PROFILES, type ProfileName } from "./profiles.ts";

const plans = Array.from({ length: 500 }, (_, seed) => planRun(seed));

it("is the same for the same seed", () => {
  expect(planRun(42)).toEqual(planRun(42));
  expect(planRun(42)).not.toEqual(planRun(43));
});

it("leaves the orders as they are when there are to be fewer", () => {
  const [four, two] = [planRun(7, { orders: 4 }), planRun(7, { orders: 2 })];
  expect(two.orders).toEqual(four.orders.slice(0, 2));
});

it("comes to every profile, and to every kind of account", () => {
  expect(new Set(plans.map(({ profile }) => profile))).toEqual(new Set(Object.keys(PROFILES)));
  const accounts = plans.map(
    ({ account }) => `${account.chargesAtCreate}, ${account.createIsFree}`,
  );
  expect(new Set(accounts)).toEqual(
    new Set(["false, true", "false, null", "true, false", "true, null", "true, true"]),
  );
});

it("never tells Keyhold of an account what isn't so", () => {
  for (const { account, breaks } of plans) {
    if (account.createIsFree !== null && breaks !== "capability")
      expect(account.createIsFree).toBe(!account.chargesAtCreate);
  }
});

it("calls no account exclusive that others use", () => {
  for (const { account, foreign } of plans)
    expect(account.isExclusive && foreign.length > 0).toBe(false);
});

it("gives orders of one basket the same goods", () => {
  for (const { orders } of plans) {
    for (const { basket, lines, isMock } of orders) {
      const [first] = orders.filter((other) => other.basket === basket);
      expect({ lines, isMock }).toEqual({ lines: first?.lines, isMock: first?.isMock });
    }
  }
});

it("knows a profile by its name", () => {
  expect(isProfile("storm" satisfies ProfileName)).toBe(true);
  expect(isProfile("toString")).toBe(false);
});
