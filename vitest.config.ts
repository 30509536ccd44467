import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// Not UTC, and with an odd offset, so that a test can't pass only where local time happens to be UTC.
process.env.TZ = "Asia/Kathmandu";

const EXCLUDED = ["**/node_modules/**", ".next/**", ".data/**", "e2e/**"];
if (process.env.KEYHOLD_WITHOUT_DATABASE) EXCLUDED.push("**/*.db.test.*");
/** Of tests that replace modules (`vi.mock`), which others that have loaded them would not notice. */
const ISOLATED = "**/*.isolated.test.{ts,tsx}";

export default defineConfig({
  test: {
    // Loading all that a file needs takes as long as its tests: the files of a worker share what is loaded.
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          isolate: false,
          include: ["**/*.test.{ts,tsx,mjs}"],
          exclude: [...EXCLUDED, ISOLATED],
        },
      },
      { extends: true, test: { name: "isolated", include: [ISOLATED], exclude: EXCLUDED } },
    ],
    globalSetup: ["scripts/vitest-postgres.mjs"],
    environment: "node",
    restoreMocks: true,
    // Half of their time most of them wait for a database: two share one core well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Real databases, sockets and processes: on a busy machine they take longer than the usual seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
