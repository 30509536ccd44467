import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, root } from "./base/root.mjs";
import { excerpt } from "./base/say.mjs";
import { runNode } from "./base/task.mjs";
import { ensurePostgres } from "./embedded-postgres.mjs";

const templateName = "keyhold_template";
const draftName = `${templateName}_draft`;
/** Any fixed number: test runs that share a server take turns at making the template. */
const templateLock = 7_240_512;

/**
 * A PostgreSQL for throw-away databases, as `{ adminUrl, stop() }`: the one that
 * KEYHOLD_TEST_DATABASE_URL names, otherwise an embedded one that is shared with whoever else is
 * testing in this clone. On it stands a migrated template database, from which `prisma/test-database.ts`
 * clones one for each test file.
 */
export async function openTestServer() {
  const named = process.env.KEYHOLD_TEST_DATABASE_URL;
  const server = named
    ? { adminUrl: named, stop: async () => {} }
    : await ensurePostgres({ dataDir: join(dataFolder, "test-postgres"), durable: false });
  try {
    if (!named) await dropLeftovers(server.adminUrl);
    await prepareTemplate(server.adminUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** Makes the template anew when the migrations are others than those it was made with. */
async function prepareTemplate(adminUrl) {
  await administer(adminUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [templateLock]);
    const wanted = `migrations ${hashOfMigrations()}`;
    const { rows } = await client.query(
      "SELECT shobj_description(oid, 'pg_database') AS made FROM pg_database WHERE datname = $1",
      [templateName],
    );
    if (rows[0]?.made === wanted) return;
    await client.query(`DROP DATABASE IF EXISTS ${draftName} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draftName}`);
    await migrate(adminUrl);
    await client.query(`DROP DATABASE IF EXISTS ${templateName} WITH (FORCE)`);
    await client.query(`ALTER DATABASE ${draftName} RENAME TO ${templateName}`);
    await client.query(`COMMENT ON DATABASE ${templateName} IS '${wanted}'`);
  });
}

/** Drops the databases of test runs that were killed: those made before this start of the server. */
async function dropLeftovers(adminUrl) {
  await administer(adminUrl, async (client) => {
    const { rows } = await client.query(`
      SELECT datname FROM pg_database
      WHERE datname LIKE 'test\\_%'
        AND (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < pg_postmaster_start_time()`);
    for (const { datname } of rows) {
      await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
    }
  });
}

async function administer(adminUrl, work) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function migrate(adminUrl) {
  const url = new URL(adminUrl);
  url.pathname = `/${draftName}`;
  const { code, output } = await runNode(["--import", "tsx", join(root, "prisma", "migrate.ts")], {
    env: { ...process.env, DATABASE_URL: url.href },
  });
  if (code !== 0)
    throw new Error(`The template database could not be migrated:\n${excerpt(output)}`);
}

function hashOfMigrations() {
  const folder = join(root, "prisma", "migrations");
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    if (name.endsWith(".sql")) hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex");
}
