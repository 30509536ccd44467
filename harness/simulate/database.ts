/** One PostgreSQL database for all runs of this process, whose `now()` is the virtual clock. */
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client, Pool, type PoolClient } from "pg";
import { fixedChainKeys, holdChainKeys } from "#lib/audit/chain-keys.ts";
import { writeBeforeCommit } from "#lib/platform/before-commit.ts";
import { type Db, openDb } from "#lib/platform/db.ts";
import { PrismaClient } from "#prisma/generated/client.ts";

/** Runs of one seed chain alike. */
const CHAIN_KEYS = fixedChainKeys({ id: "simulated", key: Buffer.alloc(32, "simulated") });

const TEMPLATE = "keyhold_template";

/** The product's SQL says `now()`; found in this schema first, it is the simulation's. Set with each `begin`. */
const VIRTUAL_NOW = `
  create schema sim;
  create function sim.now() returns timestamptz language sql stable parallel safe as
    $$ select to_timestamp(current_setting('sim.now')::float8 / 1000) $$;`;

/** Rows come and go without a vacuum or new statistics, whose timing would be no function of the seed. */
const NO_AUTOVACUUM = `
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' loop
      execute format('alter table public.%I set (autovacuum_enabled = off)', name);
    end loop;
  end $$;`;

/** After so many runs the tables are emptied for good; until then the dead rows stay where they are. */
const RUNS_BETWEEN_TRUNCATES = 100;

export type SimulationDatabase = {
  /** For the product's code. One connection, since one thing runs at a time. */
  db: Db;
  /** Sees what is committed, and nothing else. */
  observer: Client;
  /** The same for the product's own reads; the real clock. */
  reader: Db;
  /** The clock of the next transaction, and of the next statement outside one. */
  setNow(ms: number): void;
  /** Empties every table, so that a run doesn't depend on the ones before it. */
  empty(): Promise<void>;
  drop(): Promise<void>;
};

/** @param adminUrl may create databases; its server holds the migrated template */
export async function openSimulationDatabase(adminUrl: string): Promise<SimulationDatabase> {
  const name = `test_sim_${randomUUID().replaceAll("-", "")}`;
  await administer(adminUrl, `create database ${name} template ${TEMPLATE}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const observer = new Client({ connectionString: url.href });
  const reader = openDb(url.href);
  await observer.connect();
  await observer.query("set timezone = 'UTC'");
  await observer.query(VIRTUAL_NOW + NO_AUTOVACUUM);

  url.searchParams.set(
    "options",
    "-c search_path=sim,pg_catalog,public -c TimeZone=UTC -c sim.now=0 -c plan_cache_mode=force_generic_plan",
  );
  const pool = new Pool({ connectionString: url.href, max: 1, connectionTimeoutMillis: 20_000 });
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    withClock(client, () => now);
  });
  let now = 0;
  // The same statements come thousands of times; parsing them anew would be a fifth of the time.
  const names = new Map<string, string>();
  const statementNameGenerator = ({ sql }: { sql: string }) => {
    const known = names.get(sql);
    if (known) return known;
    names.set(sql, `s${names.size}`);
    return `s${names.size - 1}`;
  };
  const db = writeBeforeCommit(
    new PrismaClient({
      adapter: new PrismaPg(pool, { statementNameGenerator }),
      errorFormat: "minimal",
    }),
  );
  holdChainKeys(db, CHAIN_KEYS);

  const { rows } = await observer.query<{ name: string }>(
    `select format('public.%I', tablename) as name from pg_tables
     where schemaname = 'public' and tablename <> '_prisma_migrations'`,
  );
  const tables = rows.map((row) => row.name);
  let runs = 0;

  return {
    db,
    observer,
    reader,
    setNow(ms) {
      now = ms;
    },
    async empty() {
      const empty =
        runs % RUNS_BETWEEN_TRUNCATES === 0
          ? `truncate ${tables.join(", ")}`
          : tables.map((table) => `delete from ${table}`).join("; ");
      runs += 1;
      // Stored codes and the audit trail refuse to be emptied, except by a replica.
      await observer.query(
        `set session_replication_role = replica; ${empty}; set session_replication_role = origin`,
      );
    },
    async drop() {
      await Promise.all([db.$disconnect(), reader.$disconnect()]);
      await pool.end();
      await observer.end();
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

type Query = { text: string; values?: unknown[]; name?: string };

/**
 * Tells the database the time without a round trip of its own: together with `begin`, and outside a
 * transaction as one more parameter in place of `now()`.
 */
function withClock(client: PoolClient, now: () => number): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  let inTransaction = false;
  const withNow = (first: Query | string, ...rest: unknown[]): unknown => {
    const { text, values = [], name }: Query = typeof first === "string" ? { text: first } : first;
    const isOver = text === "COMMIT" || text === "ROLLBACK";
    if (text === "BEGIN") {
      inTransaction = true;
      return query(`set sim.now = ${now()}; begin`);
    }
    if (isOver) inTransaction = false;
    // A function of ours asks by itself.
    if (!inTransaction && text.includes("take_calls(")) query(`set sim.now = ${now()}`);
    if (inTransaction || !text.includes("now()") || typeof first === "string") {
      return query(first, ...rest);
    }
    const timed = {
      ...first,
      ...(name ? { name: `${name}_timed` } : {}),
      text: text.replaceAll("now()", `$${values.length + 1}::timestamptz`),
      values: [...values, new Date(now()).toISOString()],
    };
    return query(timed, ...rest.filter((one) => typeof one === "function"));
  };
  Object.assign(client, { query: withNow });
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
