import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test, vi } from "vitest";
import { ensurePostgres } from "./embedded-postgres.mjs";
import { findServer } from "./postgres/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "keyhold-postgres-"));
const dataDir = join(folder, "postgres");
const options = { dataDir, durable: false };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows[0];
}

/** A process that starts the server, tells that it runs, and never stops it. */
function user(graceMs) {
  const code = `
    const { ensurePostgres } = await import(${JSON.stringify(new URL("./embedded-postgres.mjs", import.meta.url).href)});
    await ensurePostgres({ dataDir: process.argv[1], durable: false, graceMs: ${graceMs} });
    console.log("up");
    setInterval(() => {}, 1e6);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve) => child.stdout.once("data", () => resolve(child)));
}

function kill(child) {
  child.kill("SIGKILL");
  return new Promise((resolve) => child.once("exit", resolve));
}

test("makes a UTF-8 server on loopback, shares it, and the last user stops it", async () => {
  const [a, b] = await Promise.all([ensurePostgres(options), ensurePostgres(options)]);
  expect([a.started, b.started].sort()).toEqual([false, true]);
  expect(a.url).toBe(b.url);
  expect(
    await ask(
      a.url,
      "SELECT current_database() AS db, current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS host, upper('straße ñд') AS upper",
    ),
  ).toEqual({ db: "keyhold", encoding: "UTF8", host: "127.0.0.1", upper: "STRAßE ÑД" });
  expect(
    await ask(
      b.appUrl,
      "SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb AS mighty FROM pg_roles WHERE rolname = current_user",
    ),
  ).toEqual({ name: "keyhold_app", mighty: false });
  expect(statSync(`${dataDir}.json`).mode & 0o777).toBe(0o600);
  expect(existsSync(`${dataDir}.log`) && readFileSync(`${dataDir}.log`, "utf8")).not.toContain(
    "straße",
  );

  await a.stop();
  expect(findServer(dataDir)).not.toBeNull();
  await Promise.all([b.stop(), b.stop()]);
  expect(findServer(dataDir)).toBeNull();
}, 60_000);

test("takes over the server of a killed process, and keeps its data and port", async () => {
  const killed = await user(600_000);
  const { port, pid } = findServer(dataDir);
  await kill(killed);

  const heir = await ensurePostgres(options);
  expect(heir.started).toBe(false);
  expect(findServer(dataDir)).toEqual({ pid, port });
  await heir.stop();
  expect(findServer(dataDir)).toBeNull();
}, 60_000);

test("stops by itself once all its users were killed", async () => {
  await kill(await user(90));
  await vi.waitFor(() => expect(findServer(dataDir)).toBeNull(), { timeout: 20_000 });
}, 60_000);

test("recovers from a killed server, and from a lost password file", async () => {
  const before = await ensurePostgres(options);
  await ask(before.url, "CREATE TABLE kept AS SELECT 1 AS n");
  await ask(before.url, "CHECKPOINT");
  process.kill(findServer(dataDir).pid, "SIGKILL");
  await vi.waitFor(() => expect(findServer(dataDir)).toBeNull(), { timeout: 15_000 });
  await before.stop();
  rmSync(`${dataDir}.json`);

  const after = await ensurePostgres(options);
  expect(await ask(after.url, "SELECT n FROM kept")).toEqual({ n: 1 });
  await after.stop();
}, 60_000);

test("moves a half-made folder aside, and refuses one with somebody's data", async () => {
  const half = join(folder, "half");
  mkdirSync(join(half, "base", "1"), { recursive: true });
  writeFileSync(join(half, "postgresql.conf"), "");
  const log = vi.fn();
  await (await ensurePostgres({ dataDir: half, durable: false, log })).stop();
  expect(log.mock.calls.flat().join(" ")).toContain("half made and held no data");
  expect(readdirSync(folder).filter((name) => name.startsWith("half.broken-"))).toHaveLength(1);

  rmSync(join(half, "PG_VERSION"));
  await expect(ensurePostgres({ dataDir: half, durable: false })).rejects.toThrow(
    "data in it that somebody may want",
  );
  writeFileSync(join(half, "PG_VERSION"), "15\n");
  await expect(ensurePostgres({ dataDir: half, durable: false })).rejects.toThrow(
    "data of PostgreSQL 15",
  );
}, 60_000);
