import { expect, test } from "vitest";
import { isInstalled } from "./install.mjs";

const lockfile = {
  packages: {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b-for-macs": { version: "2.0.0", optional: true },
  },
};

test.each([
  ["just what is locked", { "node_modules/a": { version: "1.0.0" } }, true],
  ["another version", { "node_modules/a": { version: "1.0.1" } }, false],
  ["nothing", {}, false],
  [
    "more",
    { "node_modules/a": { version: "1.0.0" }, "node_modules/c": { version: "1.0.0" } },
    false,
  ],
])("%s is installed", (_, packages, expected) => {
  expect(isInstalled(lockfile, { packages })).toBe(expected);
});

test("an interrupted install, which leaves no record, is not installed", () => {
  expect(isInstalled(lockfile, {})).toBe(false);
});
