/** Counts of a vitest JSON report. A file that couldn't even be loaded counts as one failed test. */
export function countVitest(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return withSkipped({
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  });
}

/** Counts of a Playwright JSON report. A test that passed only when repeated counts as passed. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const noted = withSkipped({ passed: expected + flaky, failed: unexpected, skipped });
  return flaky > 0
    ? { ...noted, note: [noted.note, `${flaky} flaky`].filter(Boolean).join(", ") }
    : noted;
}

/** A run that failed in a way its counts don't tell must still fail; so must one that ran no test. */
export function reconcile({ passed, failed, note }, exitCode) {
  if (exitCode !== 0 && failed === 0)
    return { passed, failed: 1, note: `ended with code ${exitCode}` };
  if (passed + failed === 0) return { passed, failed: 1, note: "no test ran" };
  return { passed, failed, note };
}

function withSkipped({ passed, failed, skipped }) {
  return { passed, failed, note: skipped > 0 ? `${skipped} skipped` : undefined };
}
