import { afterAll, describe, expect, it } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { testActor, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type AuditEntryInput, appendAuditEntry } from "./append-audit-entry.ts";
import { auditTrailOf } from "./read.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const core = { ...systemCore(db, createLog("error", [])), now: clock.now };
const person = testActor("admin");

const entryOf = (objectId: string, details: AuditEntryInput["details"] = {}): AuditEntryInput => ({
  action: "code.revealed",
  objectKind: "order",
  objectId,
  details,
  address: "203.0.113.7",
  correlationId: "c1",
});

const append = (entry: AuditEntryInput, actor = person) =>
  db.$transaction((tx) => appendAuditEntry(tx, core, actor, entry));

describe("appendAuditEntry", () => {
  it("says who did what to what, when, from where", async () => {
    await append({ ...entryOf("o1", { position: 2 }), reason: "asked by the customer" });
    const written = await db.auditEntry.findFirstOrThrow({ where: { objectId: "o1" } });
    expect(written).toMatchObject({
      at: clock.now(),
      actorKind: "user",
      actorId: person.kind === "user" && person.id,
      actorName: "Asha Rao",
      action: "code.revealed",
      reason: "asked by the customer",
      details: { position: 2 },
      address: "203.0.113.7",
      correlationId: "c1",
    });
  });

  it("stands or falls with the act", async () => {
    const failing = db.$transaction(async (tx) => {
      await appendAuditEntry(tx, core, person, entryOf("o2"));
      throw new Error("the act failed");
    });
    await expect(failing).rejects.toThrow("the act failed");
    expect(await auditTrailOf(core, "order", "o2")).toEqual([]);
  });
});

describe("auditTrailOf", () => {
  it("tells an object's story in order, and no other's", async () => {
    for (const position of [0, 1, 2]) await append(entryOf("o3", { position }));
    await append(entryOf("o4"), { kind: "job", name: "engine" });
    await append({ ...entryOf("o3"), objectKind: "user" });
    await append({ ...entryOf("o3"), action: "order.given_up" });
    const trail = await auditTrailOf(core, "order", "o3", "code.revealed");
    expect(trail.map(({ details }) => details)).toEqual([
      { position: 0 },
      { position: 1 },
      { position: 2 },
    ]);
    expect(await auditTrailOf(core, "order", "o4")).toEqual([
      {
        at: clock.now(),
        actorName: "engine",
        action: "code.revealed",
        reason: null,
        details: {},
      },
    ]);
  });
});

it("tells of several objects in one line of time", async () => {
  for (const objectId of ["o5", "o6", "o5"]) {
    await append({ ...entryOf(objectId, { objectId }), objectKind: "code" });
  }
  const trail = await auditTrailOf(core, "code", ["o5", "o6", "o7"]);
  expect(trail.map(({ details }) => details)).toEqual(
    ["o5", "o6", "o5"].map((objectId) => ({ objectId })),
  );
  expect(await auditTrailOf(core, "code", [])).toEqual([]);
});

describe("the database", () => {
  it.each([
    "update audit_entries set actor_name = 'somebody else'",
    "update audit_entries set reason = null where false",
    "delete from audit_entries",
    "delete from audit_entries where seq = 1",
    "truncate audit_entries",
    "truncate audit_entries restart identity cascade",
    "insert into audit_entries (seq, actor_kind, actor_name, action, object_kind, object_id) select seq, 'job', 'x', 'x', 'order', 'x' from audit_entries limit 1 on conflict (seq) do update set actor_name = 'x'",
    "merge into audit_entries using (select 1) as one on true when matched then delete",
  ])("refuses: %s", async (statement) => {
    await append(entryOf("kept"));
    const before = await db.auditEntry.findMany({ orderBy: { seq: "asc" } });
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(
      "audit entries can be neither changed nor removed",
    );
    expect(await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).toEqual(before);
  });
});
