import { openTestServer } from "./test-server.mjs";

/**
 * Vitest's global setup: names a PostgreSQL for throw-away databases in KEYHOLD_TEST_DATABASE_URL, for
 * the time of the run. With KEYHOLD_WITHOUT_DATABASE set there is none (`npm run verify`).
 */
export default async function setup({ provide }) {
  if (process.env.KEYHOLD_WITHOUT_DATABASE) return;
  const server = await openTestServer();
  process.env.KEYHOLD_TEST_DATABASE_URL = server.adminUrl;
  provide("keyholdTestDatabaseUrl", server.adminUrl);
  return () => server.stop();
}
