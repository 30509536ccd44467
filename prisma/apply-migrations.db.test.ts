import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { readMigrations } from "./schema-engine.ts";

const ALL = readMigrations().migrationDirectories.map(({ path }) => path);
const APPLIED = `Applied ${ALL.join(", ")}.\n`;
const UP_TO_DATE = "The database is up to date.\n";

let url: string;
let name: string;

beforeEach(async () => {
  name = `test_${randomUUID().replaceAll("-", "")}`;
  await admin(`create database ${name}`);
  const address = new URL(process.env.KEYHOLD_TEST_DATABASE_URL ?? "");
  address.pathname = `/${name}`;
  url = address.href;
});
afterEach(() => admin(`drop database ${name} with (force)`));

async function connect(address: string | undefined): Promise<Client> {
  const client = new Client({ connectionString: address });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function admin(statement: string): Promise<void> {
  const client = await connect(process.env.KEYHOLD_TEST_DATABASE_URL);
  await client.query(statement).finally(() => client.end());
}

async function open(): Promise<Client> {
  const client = await connect(url);
  onTestFinished(() => client.end());
  return client;
}

/** A process of its own, as everybody starts it: the engine can be loaded only once in one. */
function startMigrator(): { child: ChildProcess; output: Promise<string> } {
  const script = join(import.meta.dirname, "migrate.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, DATABASE_URL: url },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += chunk;
    });
  }
  return { child, output: once(child, "close").then(() => text) };
}

const migrate = () => startMigrator().output;

const rowsOf = async (client: Client) =>
  (await client.query("select migration_name, finished_at from _prisma_migrations")).rows;

describe("migrate", { timeout: 180_000 }, () => {
  it("fills an empty database once, also when two start at once", async () => {
    const outputs = await Promise.all([migrate(), migrate()]);
    expect(outputs.sort()).toEqual([APPLIED, UP_TO_DATE]);
    const client = await open();
    expect((await client.query("select * from orders")).rows).toEqual([]);
    expect(await rowsOf(client)).toHaveLength(ALL.length);
  });

  it("leaves nothing of a migration that fails, and tries it again next time", async () => {
    const client = await open();
    const inTheWay = "function audit_append_only()";
    await client.query(`create ${inTheWay} returns int language sql return 1`);
    expect(await migrate()).toContain('function "audit_append_only" already exists');
    const { rows } = await client.query("select to_regclass('users') as users");
    expect(rows).toEqual([{ users: null }]);
    await client.query(`drop ${inTheWay}`);
    expect(await migrate()).toBe(APPLIED);
  });

  it("touches no database that holds something else", async () => {
    const client = await open();
    await client.query("create table somebody_elses ()");
    expect(await migrate()).toContain("The database schema is not empty");
  });

  it("goes on after a migrator that was killed while it was at it", async () => {
    const client = await open();
    // Whoever wants a table of this name has to wait until this is committed or not.
    await client.query("begin; create table codes ()");
    const { child, output } = startMigrator();
    const watcher = await open();
    const waiting = async () =>
      (
        await watcher.query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
      ).rows.length;
    await expect.poll(waiting, { interval: 10, timeout: 60_000 }).toBe(1);
    child.kill("SIGKILL");
    expect(await output).toBe("");
    const next = migrate();
    await expect.poll(waiting, { interval: 10, timeout: 60_000 }).toBe(2);
    await client.query("rollback");
    // The script that the killed one was at came to its end in the server; those behind it are left.
    expect(await next).toBe(`Applied ${ALL.slice(1).join(", ")}.\n`);
    expect((await client.query("select * from codes")).rows).toEqual([]);
    const finished = await rowsOf(client);
    expect(finished.map(({ migration_name }) => migration_name)).toEqual(ALL);
    for (const { finished_at } of finished) expect(finished_at).not.toBeNull();
  });

  it("says so when PostgreSQL is too old", async () => {
    await admin(`alter database ${name} set search_path = old, pg_catalog`);
    const client = await open();
    await client.query(
      "create schema old; create function old.current_setting(text) returns text language sql return '140011'",
    );
    expect(await migrate()).toContain("Keyhold needs PostgreSQL 15 or newer.");
  });
});
