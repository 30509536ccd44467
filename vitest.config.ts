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
    // Real databases, sockets and processes: on a busy machine they take longer than the usual 5 s.
    testTimeout: 30_000,
  },
});
