import { expect, it } from "vitest";
import type { Report } from "./batch.ts";
import { boundText, failureText, repeatCommand } from "./report.ts";

const report: Report = {
  kind: "done",
  seed: 57,
  profile: "storm",
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

it("leaves out the steps that everything goes through", () => {
  const trace = [
    "    0.000s  web1       db order.findUnique",
    "    0.010s  web1       answer_read",
    "    0.020s  network    worker1 sends list/-/4",
    "    0.030s  network    worker1 sends list/-/5: lost_after",
    "    0.040s  web1       KILLED at db transaction",
    "    0.050s  supplier   create/0/1 takes effect: 201",
  ];
  const text = failureText({ ...report, trace }, "abc123", null);
  expect(text).not.toMatch(/findUnique|answer_read|list\/-\/4/);
  expect(text).toContain("list/-/5: lost_after");
  expect(text).toContain("KILLED at db transaction");
  expect(text).toContain("takes effect: 201");
});

it("names the control instead of the profile", () => {
  expect(repeatCommand(report, {}, "list-ten")).toBe(
    "npm run simulate -- --seed 57 --control list-ten --trace",
  );
});
