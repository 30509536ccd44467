import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../base/root.mjs";

/**
 * Counts of a vitest JSON report, and what failed as sentences. A file that couldn't even be loaded
 * counts as one failed test.
 */
export function countVitest(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map((test) => failure(relative(root, name), test.fullName, test.failureMessages?.[0])),
  );
  return withSkipped({
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    failures: [
      ...failures,
      ...broken.map(({ name, message }) => failure(relative(root, name), "not loaded", message)),
    ],
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  });
}

/**
 * Counts of a Playwright JSON report, and what failed as sentences. A test that passed only when
 * repeated counts as passed.
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failures = specsOf(report.suites)
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) =>
      failure(file, title, tests.at(-1)?.results.at(-1)?.error?.message),
    );
  const noted = withSkipped({ passed: expected + flaky, failed: unexpected, failures, skipped });
  return flaky > 0
    ? { ...noted, note: [noted.note, `${flaky} flaky`].filter(Boolean).join(", ") }
    : noted;
}

/** A run that failed in a way its counts don't tell must still fail; so must one that ran no test. */
export function reconcile({ passed, failed, failures, note }, exitCode) {
  if (exitCode !== 0 && failed === 0)
    return { passed, failed: 1, failures, note: `ended with code ${exitCode}` };
  if (passed + failed === 0) return { passed, failed: 1, failures, note: "no test ran" };
  return { passed, failed, failures, note };
}

function specsOf(suites = []) {
  return suites.flatMap(({ specs = [], suites }) => [...specs, ...specsOf(suites)]);
}

/** Where, which test, and the first lines of why. */
function failure(file, title, message = "no reason given") {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, 6);
  return [`${file} › ${title}`, ...lines.map((line) => `    ${line.slice(0, 300)}`)].join("\n");
}

function withSkipped({ passed, failed, failures, skipped }) {
  return { passed, failed, failures, note: skipped > 0 ? `${skipped} skipped` : undefined };
}
