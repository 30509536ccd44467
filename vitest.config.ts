import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Not UTC, and with an odd offset, so that a test can't pass only where local time happens to be UTC.
process.env.TZ = "Asia/Kathmandu";

const EXCLUDED = ["**/node_modules/**", ".next/**", ".data/**", "e2e/**"];
if (process.env.KEYHOLD_WITHOUT_DATABASE) EXCLUDED.push("**/*.db.test.*");
/** Of tests that replace modules (`vi.mock`), which others that have loaded them would not notice. */
const ISOLATED = "**/*.isolated.{test,db.test}.{ts,tsx}";

/** They take a minute and more: begun last, one of them would keep a single worker busy at the end. */
const LONGEST = [
  "bench/machinery.db.test.ts",
  "lib/codes/hand-out-codes.db.test.ts",
  "lib/engine/run-engine.db.test.ts",
  "lib/engine/main.db.test.ts",
  "harness/simulate/seeds.db.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      LONGEST.some((path) => moduleId.endsWith(`/${path}`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
