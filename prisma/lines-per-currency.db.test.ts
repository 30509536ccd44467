import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { v7 } from "uuid";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MIGRATIONS_FOLDER, readMigrations } from "./schema-engine.ts";

const OURS = "20261122040037_lines_per_currency";
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

async function supplier(slug: string): Promise<string> {
  const id = v7();
  await db.query(
    `insert into suppliers (id, slug, kind, name, balance_low_at, balance_ok_at)
     values ($1, $2, 'foxreload', $2, 10, 20)`,
    [id, slug],
  );
  return id;
}
const orders = (supplierId: string, currency: string, count: number, isMock = false) =>
  db.query(
    `insert into orders (id, client_ref, supplier_id, status, is_mock, currency, agreed_total, actor_kind, actor_name,
       correlation_id, created_at, status_changed_at)
     select id, id, $2, 'unconfirmed', $3, $4, 1, 'user', 'Asha', 'c', now(), now() from unnest($1::uuid[]) t (id)`,
    [Array.from({ length: count }, () => v7()), supplierId, isMock, currency],
  );

it("takes the lines for those of the currency that an account mostly ordered in", async () => {
  const mixed = await supplier("mixed");
  await orders(mixed, "RUB", 1_200);
  await orders(mixed, "EUR", 600);
  await orders(mixed, "USD", 399);
  await orders(mixed, "RUB", 1);
  await orders(mixed, "INR", 1_100, true);
  const tried = await supplier("tried");
  await orders(tried, "INR", 2, true);
  await db.query(
    `insert into balance_samples (id, supplier_id, currency, available, reserved, pending, sampled_at)
     values ($1, $2, 'TRY', 5, 0, 0, now())`,
    [v7(), tried],
  );
  await supplier("new");
  await apply(OURS);
  const { rows } = await db.query(
    "select slug, currency from balance_lines join suppliers s on s.id = supplier_id order by slug",
  );
  expect(rows).toEqual([
    { slug: "mixed", currency: "EUR" },
    { slug: "new", currency: "USD" },
    { slug: "tried", currency: "TRY" },
  ]);
});
