import { expect, test } from "vitest";
import { readOptions } from "./bench.mjs";

test("reads the command line", () => {
  expect(readOptions([])).toEqual({ only: null, rounds: 5, json: false, write: false });
  expect(readOptions(["--only", "p1, P12", "--rounds", "7", "--json"])).toEqual({
    only: ["P1", "P12"],
    rounds: 7,
    json: true,
    write: false,
  });
});

test.each([
  [["--only", "P8"], "There is no benchmark P8"],
  [["--rounds", "0"], "--rounds takes a whole number from 1 to 100"],
  [["--rounds", "two"], "not two"],
  [["--only", "P1", "--write"], "goes without --only"],
  [["--what"], "Use: npm run bench"],
])("says what is wrong with %j", (given, sentence) => {
  expect(() => readOptions(given)).toThrow(sentence);
});
