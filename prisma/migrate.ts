/**
 * Brings the database at DATABASE_URL to the newest migration, then exits. Safe to start from
 * several processes at once: they take turns under an advisory lock.
 */
import { Client } from "pg";
import { NO_FILTER, openSchemaEngine, readMigrations } from "./schema-engine.ts";

/** Any fixed number that nothing else in Keyhold locks on. */
const MIGRATION_LOCK = 7_240_511;
const OLDEST_POSTGRES = 150_000;

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: there is no database to migrate.");

const lock = new Client({ connectionString: url });
await lock.connect();
const version = await lock.query<{ v: number }>(
  "select current_setting('server_version_num')::int v",
);
if ((version.rows[0]?.v ?? 0) < OLDEST_POSTGRES) {
  throw new Error("Keyhold needs PostgreSQL 15 or newer.");
}
await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
try {
  const engine = await openSchemaEngine(url);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: readMigrations(),
    filters: NO_FILTER,
  });
  process.stdout.write(
    appliedMigrationNames.length === 0
      ? "The database is up to date.\n"
      : `Applied ${appliedMigrationNames.join(", ")}.\n`,
  );
} finally {
  await lock.end();
}
process.exit(0);
