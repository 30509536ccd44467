import { expect, it } from "vitest";
import type { Report } from "./batch.ts";
import { boundText, failureText, repeatCommand } from "./report.ts";

const report: Report = {
  kind: "done",
  seed: 57,
  profile: "storm",
  traits: "polled",
  violations: ["I1: 2 supplier orders paid for 1 intents: x, y"],
  steps: 300,
  places: [],
  trace: ["    0.000s  web1       intent_committed"],
  smaller: { orders: [1], steady: true },
};

it("never says that there are no bugs", () => {
  expect(boundText(2_000)).toBe("2000 seeds clean, so fewer than 0.15 % of seeds fail, at 95 %");
  expect(boundText(200)).toBe("200 seeds clean, so fewer than 1.5 % of seeds fail, at 95 %");
});

it("prints what is needed to see a failure again", () => {
  const text = failureText(report, "abc123", null);
  expect(text).toContain("seed 57 (profile storm, commit abc123)");
  expect(text).toContain("I1: 2 supplier orders paid");
  expect(text).toContain("intent_committed");
  expect(text).toContain("npm run simulate -- --seed 57 --profile storm --trace");
  expect(text).toContain(`--smaller '{"orders":[1],"steady":true}' --trace`);
});

it("cuts the beginning off a trace that is too long to read", () => {
  const trace = Array.from({ length: 1_000 }, (_, line) => `line ${line}.`);
  const text = failureText({ ...report, trace }, "abc123", null);
  expect(text).toContain("line 999.");
  expect(text).not.toContain("line 500.");
});

it("names the control instead of the profile", () => {
  expect(repeatCommand(report, {}, "list-ten")).toBe(
    "npm run simulate -- --seed 57 --control list-ten --trace",
  );
});
