import { expect, test } from "vitest";
import { root } from "../base/root.mjs";
import { countPlaywright, countVitest, reconcile } from "./test-reports.mjs";

test("counts vitest's tests, and a file that could not be loaded as one", () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [
      {
        name: `${root}/lib/a.test.ts`,
        status: "failed",
        assertionResults: [
          {
            status: "failed",
            fullName: "adds up",
            failureMessages: ["\u001b[31mnot 4\u001b[0m\n at x"],
          },
        ],
      },
      { name: `${root}/lib/b.test.ts`, status: "failed", message: "no file", assertionResults: [] },
      { name: `${root}/lib/c.test.ts`, status: "passed", assertionResults: [{ status: "passed" }] },
    ],
  };
  expect(countVitest(report)).toEqual({
    passed: 7,
    failed: 2,
    failures: [
      "lib/a.test.ts › adds up\n    not 4\n     at x",
      "lib/b.test.ts › not loaded\n    no file",
    ],
    note: "2 skipped",
  });
});

test("counts Playwright's tests, flaky ones as passed but told of", () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 0 };
  const spec = (ok) => ({
    ok,
    file: "a.spec.ts",
    title: ok ? "signs in" : "signs out",
    tests: [{ results: [{ error: ok ? undefined : { message: "it stayed" } }] }],
  });
  const suites = [{ specs: [spec(true)], suites: [{ specs: [spec(false)] }] }];
  expect(countPlaywright({ stats, suites })).toEqual({
    passed: 6,
    failed: 1,
    failures: ["a.spec.ts › signs out\n    it stayed"],
    note: "1 flaky",
  });
});

test("never lets a failed or empty run pass", () => {
  expect(reconcile({ passed: 3, failed: 0 }, 1)).toMatchObject({ passed: 3, failed: 1 });
  expect(reconcile({ passed: 0, failed: 0 }, 0)).toMatchObject({ failed: 1, note: "no test ran" });
  expect(reconcile({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0, note: undefined });
});
