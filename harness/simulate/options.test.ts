import { expect, it } from "vitest";
import { readOptions } from "./options.ts";

it("reads what is given, and has an answer for the rest", () => {
  expect(readOptions(["--seeds", "2000", "--json"])).toMatchObject({
    seeds: 2000,
    seed: 1,
    json: true,
  });
  expect(readOptions(["--seed", "57", "--profile", "storm", "--orders", "2"])).toMatchObject({
    seeds: 1,
    seed: 57,
    profile: "storm",
    orders: 2,
  });
  expect(
    readOptions(["--intents", "10000", "--unknown", "0.3", "--mode", "charged", "--beyond-q"]),
  ).toMatchObject({
    intents: 10_000,
    unknown: 0.3,
    mode: "charged",
    beyondQ: true,
  });
  expect(readOptions(["--traits", "push"])).toMatchObject({ traits: "push" });
  expect(readOptions(["--smaller", '{"orders":[1]}']).smaller).toEqual({ orders: [1] });
});

it.each([
  [["--profile", "calmer"], "--profile has to be one of calm,"],
  [["--traits", "telepathy"], "--traits has to be one of polled, guarded,"],
  [["--control", "none"], "--control has to be one of no-permit,"],
  [["--mode", "dear"], "--mode has to be free or charged."],
  [["--seeds", "0"], "--seeds has to be a whole number from 1 on, not 0."],
  [["--seeds", "many"], "--seeds has to be a whole number from 1 on, not many."],
  [["--unknown", "30"], "--unknown has to be a number from 0 to 1, not 30."],
])("says what is wrong with %j", (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});
