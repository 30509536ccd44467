/** Databases for tests: each test file gets its own, cloned from a migrated template in milliseconds. */
import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { fixedChainKeys, holdChainKeys } from "#lib/audit/chain-keys.ts";
import { type Db, openDb } from "#lib/platform/db.ts";

export const TEMPLATE_DATABASE = "keyhold_template";

/** What tests chain their audit entries with. */
export const TEST_CHAIN_KEYS = fixedChainKeys({ id: "test", key: Buffer.alloc(32, "test") });

/** What a test holds up, or does thirty times at once, ends when it lets it, not when a busy machine is late. */
const SLOW_MACHINE = { maxWait: 30_000, timeout: 60_000 };

export type TestDatabase = { url: string; db: Db; drop(): Promise<void> };

/** Needs KEYHOLD_TEST_DATABASE_URL, an address that may create databases; the test run sets it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env.KEYHOLD_TEST_DATABASE_URL;
  if (!adminUrl)
    throw new Error("KEYHOLD_TEST_DATABASE_URL is not set: run the tests by `npm test`.");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(adminUrl, `create database ${name} template ${TEMPLATE_DATABASE}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const db = openDb(url.href, SLOW_MACHINE);
  holdChainKeys(db, TEST_CHAIN_KEYS);
  return {
    url: url.href,
    db,
    async drop() {
      await db.$disconnect();
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
