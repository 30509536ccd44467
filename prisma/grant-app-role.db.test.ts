import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { holdChainKeys } from "#lib/audit/chain-keys.ts";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain.ts";
import { runDoctor } from "#lib/doctor/run-doctor.ts";
import { openDb } from "#lib/platform/db.ts";
import { isSchemaReady } from "#lib/platform/schema-version.ts";
import { grantAppRole } from "./grant-app-role.ts";
import { createTestDatabase, TEST_CHAIN_KEYS } from "./test-database.ts";

const { url, db: owner, drop } = await createTestDatabase();
const role = `app_${randomUUID().replaceAll("-", "")}`;
await owner.$executeRawUnsafe(`create role ${role} login password 'for-this-test'`);
await grantAppRole(url, role);
const appUrl = new URL(url);
appUrl.username = role;
appUrl.password = "for-this-test";
const db = openDb(appUrl.href);
holdChainKeys(db, TEST_CHAIN_KEYS);
afterAll(async () => {
  await db.$disconnect();
  await owner.$executeRawUnsafe(`drop owned by ${role}`);
  await owner.$executeRawUnsafe(`drop role ${role}`);
  await drop();
});

const core = { db, now: () => new Date() };
const append = (objectId: string) =>
  db.$transaction((tx) =>
    appendAuditEntry(
      tx,
      core,
      { kind: "job", name: "test" },
      {
        action: "order.given_up",
        objectKind: "order",
        objectId,
        address: null,
        correlationId: null,
      },
    ),
  );

describe("the console's role", () => {
  it("writes on the audit log, and reads and verifies it", async () => {
    await append("a");
    await append("b");
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 2 });
    expect(await db.auditEntry.count()).toBe(2);
  });

  it.each([
    "update audit_entries set actor_name = 'another'",
    "update audit_entries set reason = null where false",
    "delete from audit_entries",
    "truncate audit_entries",
    "truncate audit_head",
    "delete from audit_head",
    "alter table audit_entries disable trigger audit_append_only",
    "drop trigger audit_append_only on audit_entries",
    "drop table audit_entries",
    "set session_replication_role = replica",
    "insert into audit_entries (seq, actor_kind, actor_name, action, object_kind, object_id) select seq, 'job', 'x', 'x', 'order', 'x' from audit_entries limit 1 on conflict (seq) do update set actor_name = 'x'",
    "merge into audit_entries using (select 1) as one on true when matched then delete",
    "delete from _prisma_migrations",
    "create table mine (id int)",
    "grant delete on audit_entries to current_user",
  ])("can't: %s", async (statement) => {
    const before = await owner.auditEntry.findMany({ orderBy: { seq: "asc" } });
    const client = new Client({ connectionString: appUrl.href });
    await client.connect();
    // What isn't refused changes nothing: a grant of what one has not oneself.
    await client.query(statement).then(
      (result) => expect(result.command).toBe("GRANT"),
      (error) => expect(String(error)).toMatch(/permission denied|must be owner/),
    );
    await client.end();
    expect(await owner.auditEntry.findMany({ orderBy: { seq: "asc" } })).toEqual(before);
    const [may] = await owner.$queryRaw<{ may: boolean }[]>`
      select has_table_privilege(${role}, 'audit_entries', 'UPDATE, DELETE, TRUNCATE, TRIGGER') as may`;
    expect(may).toEqual({ may: false });
  });

  it("has the rows of everything else, and asks what the console asks", async () => {
    const rows = await owner.$queryRaw<{ name: string }[]>`
      select relname::text as name from pg_class
      cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as wanted
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and relname not in ('audit_entries', 'audit_head', '_prisma_migrations')
        and not has_table_privilege(${role}, oid, wanted)`;
    expect(rows).toEqual([]);
    expect(await isSchemaReady(db)).toBe(true);
    const doctor = await runDoctor(core);
    expect(doctor.filter(({ violations }) => violations.length > 0)).toEqual([]);
    expect(await db.$queryRaw`select announce('[]'::jsonb)`).toHaveLength(1);
  });
});
