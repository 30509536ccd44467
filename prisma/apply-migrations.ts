import { Client, Pool } from "pg";
import { NO_FILTER, openSchemaEngine, readMigrations, SCRIPT_LOCK } from "./schema-engine.ts";

/** Any fixed number that nothing else in Keyhold locks on. */
const MIGRATION_LOCK = 7_240_511;
const OLDEST_POSTGRES = 150_000;

/**
 * Brings a database to the newest migration; answers the names of those that were missing. Safe to
 * call from several processes at once: they take turns under an advisory lock. A migration that was
 * cut off, by an error or a kill, is tried again by the next call.
 */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl });
  const pool = new Pool({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await requirePostgres(lock);
    // Bound to a transaction, not to the session: a pooler would keep the session, and with it the lock.
    await lock.query("begin");
    await lock.query("set local idle_in_transaction_session_timeout = 0");
    await lock.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await forgetCutOff(pool);
    const engine = await openSchemaEngine(pool);
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: readMigrations(),
      filters: NO_FILTER,
    });
    return appliedMigrationNames;
  } finally {
    await lock.end();
    await pool.end();
  }
}

async function requirePostgres(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  if ((rows[0]?.version ?? 0) < OLDEST_POSTGRES) {
    throw new Error("Keyhold needs PostgreSQL 15 or newer.");
  }
}

/**
 * The engine refuses to go on after a migration that was begun and not finished. Here that one left
 * nothing behind, since script and finish are one transaction; a killed migrator's may still be running.
 */
async function forgetCutOff(pool: Pool): Promise<void> {
  const { rows } = await pool.query("select to_regclass('_prisma_migrations') as found");
  if (rows[0]?.found === null) return;
  await pool.query(
    `select pg_advisory_xact_lock(${SCRIPT_LOCK}); delete from _prisma_migrations where finished_at is null`,
  );
}
