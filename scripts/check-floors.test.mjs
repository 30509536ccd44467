import { expect, test } from "vitest";
import { compareVersions, floorProblems, nodeWarning } from "./check-floors.mjs";

const good = {
  "node_modules/next": { version: "16.4.6" },
  "node_modules/react": { version: "19.3.1" },
  "node_modules/next-auth": { version: "4.24.15" },
  "node_modules/undici": { version: "7.30.2" },
};
const problemsOf = (changes) => floorProblems({ packages: { ...good, ...changes } });

test("accepts packages on or above their floor", () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ "node_modules/nodemailer": { version: "9.0.1" } })).toEqual([]);
});

test("names what is too old, wherever it is nested", () => {
  expect(problemsOf({ "node_modules/a/node_modules/undici": { version: "7.9.0" } })).toEqual([
    "node_modules/a/node_modules/undici is 7.9.0; it has to be 7.30.2 or newer.",
  ]);
  expect(problemsOf({ "node_modules/nodemailer": { version: "9.0.0" } })).toEqual([
    "node_modules/nodemailer is 9.0.0; it has to be newer than 9.0.0.",
  ]);
  expect(problemsOf({ "node_modules/next": { version: "16.4.1-canary.3" } })).toHaveLength(1);
});

test("misses only what is required", () => {
  expect(floorProblems({ packages: {} })).toHaveLength(4);
});

test("orders versions by number, a prerelease before its release", () => {
  expect(compareVersions("1.10.0", "1.9.9")).toBeGreaterThan(0);
  expect(compareVersions("1.0.0-beta.1", "1.0.0")).toBeLessThan(0);
  expect(compareVersions("2.0.0", "2.0.0")).toBe(0);
});

test.each([
  ["20.20.2", true],
  ["22.23.3", true],
  ["22.23.4", false],
  ["23.9.0", true],
  ["24.30.0", false],
  ["27.0.0", false],
])("Node %s is warned of: %s", (version, warned) => {
  expect(nodeWarning(version) !== null).toBe(warned);
});
