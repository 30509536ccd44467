import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { v7 } from "uuid";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MIGRATIONS_FOLDER, readMigrations } from "./schema-engine.ts";

const OURS = "20261122114511_people_and_api";
const ALL = readMigrations().migrationDirectories.map(({ path }) => path);

let admin: Client;
let db: Client;
let name: string;
/** As it was before. */
beforeEach(async () => {
  name = `test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(process.env.KEYHOLD_TEST_DATABASE_URL ?? "");
  admin = new Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`create database ${name}`);
  url.pathname = `/${name}`;
  db = new Client({ connectionString: url.href });
  await db.connect();
  for (const path of ALL.slice(0, ALL.indexOf(OURS))) await apply(path);
});
afterEach(async () => {
  await db.end();
  await admin.query(`drop database ${name} with (force)`).finally(() => admin.end());
});

const apply = (path: string) =>
  db.query(readFileSync(join(MIGRATIONS_FOLDER, path, "migration.sql"), "utf8"));
const note = (action: string) =>
  db.query(
    `insert into audit_entries (actor_kind, actor_name, action, object_kind, object_id)
     values ('job', 'x', $1, 'order', 'x')`,
    [action],
  );

it("leaves who is signed in as he is, for the build before, and nobody with less than he had", async () => {
  const roles = ["admin", "operator", "viewer"];
  for (const role of roles) {
    await db.query(
      `insert into users (id, email, name, role, password_hash, session_version)
       values ($1, $2::text, $2, $2::text::role, 'x', 4)`,
      [v7(), role],
    );
  }
  await apply(OURS);
  const { rows } = await db.query(
    "select role, grants, session_version from users order by created_at, email",
  );
  const both = ["codes.values", "export"];
  expect(rows).toEqual([
    { role: "admin", grants: both, session_version: 4 },
    { role: "operator", grants: both, session_version: 4 },
    { role: "viewer", grants: [], session_version: 4 },
  ]);
});

it("lets the build before note what people do until the new one has a key for its chain", async () => {
  await note("before");
  await apply(OURS);
  await note("between");
  await db.query(
    `insert into data_keys (id, purpose, wrapped_by, wrapped, created_at) values ('k', 'audit', 'x', 'x', now())`,
  );
  await expect(note("after")).rejects.toThrow("an older build is still running");
  const { rows } = await db.query("select action from audit_entries order by seq");
  expect(rows.map(({ action }) => action)).toEqual(["before", "between"]);
});
