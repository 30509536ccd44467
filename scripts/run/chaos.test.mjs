import { expect, test } from "vitest";
import { readOptions } from "./chaos.mjs";

test("reads the command line", () => {
  const given = ["--minutes", "0.5", "--seed", "7", "--workers", "2", "--create-charges", "--json"];
  expect(readOptions(given)).toEqual({
    minutes: 0.5,
    deliveries: null,
    seed: 7,
    workers: 2,
    createCharges: true,
    json: true,
  });
  expect(readOptions(["--create-is-free"]).createCharges).toBe(false);
});

test("draws a seed where none is given", () => {
  const { seed, ...rest } = readOptions([]);
  expect(Number.isInteger(seed)).toBe(true);
  expect(rest).toEqual({
    minutes: 5,
    deliveries: null,
    workers: 3,
    createCharges: null,
    json: false,
  });
  expect(readOptions(["--deliveries", "300"]).deliveries).toBe(300);
});

test.each([
  [["--minutes", "0"], "--minutes takes a number from 0.1"],
  [["--minutes", ""], "--minutes"],
  [["--deliveries", "0"], "--deliveries takes a number from 1"],
  [["--workers", "5"], "--workers takes a number from 2 to 4, not 5."],
  [["--seed", "1.5"], "--seed takes a whole number"],
  [["--create-charges", "--create-is-free"], "give one of the two"],
  [["--what"], "Use: npm run chaos"],
])("says what is wrong with %j", (given, sentence) => {
  expect(() => readOptions(given)).toThrow(sentence);
});
