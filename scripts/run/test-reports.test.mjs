import { expect, test } from "vitest";
import { countPlaywright, countVitest, reconcile } from "./test-reports.mjs";

test("counts vitest's tests, and a file that could not be loaded as one", () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 7, failed: 2, note: "2 skipped" });
});

test("counts Playwright's tests, flaky ones as passed but told of", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 0 };
  expect(countPlaywright({ stats })).toEqual({ passed: 6, failed: 1, note: "1 flaky" });
});

test("never lets a failed or empty run pass", () => {
  expect(reconcile({ passed: 3, failed: 0 }, 1)).toMatchObject({ passed: 3, failed: 1 });
  expect(reconcile({ passed: 0, failed: 0 }, 0)).toMatchObject({ failed: 1, note: "no test ran" });
  expect(reconcile({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0, note: undefined });
});
