import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

// Not UTC, and with an odd offset, so that a test can't pass only where local time happens to be UTC.
process.env.TZ = "Asia/Kathmandu";

export default defineConfig({
  test: {
    include: ["**/*.test.{ts,tsx,mjs}"],
    exclude: ["**/node_modules/**", ".next/**", ".data/**", "e2e/**"],
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
