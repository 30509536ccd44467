import { defineConfig } from "@playwright/test";

/** Chromium must not look for its maker's hosts, and can't sandbox itself as root. */
const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/setup/start-product.ts",
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  retries: 0,
  // Many times what a quick machine needs: a busy one takes some of it, and only what fails all.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  reporter: [["list"], ...jsonReporter()],
  use: {
    baseURL: process.env.KEYHOLD_E2E_URL ?? "http://127.0.0.1:1",
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    // A trace takes much of a slow machine at every step: `--trace on` for the test that failed.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      args: CHROMIUM_ARGS,
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    },
  },
  projects: [{ name: "chromium", use: { viewport: { width: 1280, height: 800 } } }],
});

function jsonReporter(): ["json", { outputFile: string }][] {
  const outputFile = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;
  return outputFile ? [["json", { outputFile }]] : [];
}
