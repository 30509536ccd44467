import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeProblem, platformProblem } from "./check-machine.mjs";

test.each(["20.19.0", "20.20.2", "22.0.0", "26.1.0"])("Node %s will do", (version) => {
  expect(nodeProblem(version)).toBeNull();
});

test.each(["12.22.12", "18.20.8", "20.18.3", "20.9.0"])("Node %s is told what to do", (version) => {
  expect(nodeProblem(version)).toContain(`this is Node ${version}. Install a newer one`);
});

test("Windows is pointed to WSL", () => {
  expect(platformProblem("win32")).toContain("WSL");
  expect(platformProblem("linux")).toBeNull();
});

// What an old Node can't parse would hide the sentence behind a syntax error.
test.each(["check-machine", "demo", "start", "test", "verify", "build"])(
  "%s.mjs keeps to what Node 12 understands",
  (name) => {
    const text = readFileSync(new URL(`./${name}.mjs`, import.meta.url), "utf8");
    expect(text).not.toMatch(/\?\.|\?\?|^\s*await |\|\|=|&&=|#\w+\(|from "node:|\d_\d/m);
    expect(text.match(/^import .*$/gm) ?? []).toEqual(
      name === "check-machine" ? [] : ['import { enter } from "./check-machine.mjs";'],
    );
  },
);
