import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { auditVerify } from "./audit-verify.ts";
import { openTerminal } from "./typing.fixture.ts";

const { db, core, type, drop } = await openTerminal();
afterAll(drop);

const asOwner = (statement: string) =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRawUnsafe(statement);
  });

beforeEach(async () => {
  await asOwner("delete from audit_entries");
  await asOwner("delete from audit_head");
  for (const objectId of ["a", "b", "c"]) {
    await db.$transaction((tx) =>
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
  }
});

describe("audit verify", () => {
  it("says how much is good, and where the chain ends", async () => {
    const { code, out } = await type(auditVerify, []);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^3 entries are as they were written\.\nThe last good one: \d+:[0-9a-f]{64}\nThe chain is whole\.\n$/,
      ),
    });
    const json = await type(auditVerify, ["--json"]);
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, verified: 3, broken: null });
  });

  it("names the first entry that isn't good, and why, and ends with 1", async () => {
    const seqs = (await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).map(({ seq }) => seq);
    await asOwner(`update audit_entries set actor_name = 'another' where seq = ${seqs[1]}`);
    const { code, out } = await type(auditVerify, []);
    expect(code).toBe(1);
    expect(out).toContain(`Broken at ${seqs[1]}: the entry isn't what was written.`);
    const json = await type(auditVerify, ["--json"]);
    expect({ code: json.code, ...JSON.parse(json.out) }).toMatchObject({
      code: 1,
      ok: false,
      verified: 1,
      broken: { seq: String(seqs[1]), why: "changed" },
    });
  });

  it("holds the log against anchors", async () => {
    const { seq, hash } = await db.auditHead.findFirstOrThrow();
    const anchor = `${seq}:${Buffer.from(hash).toString("hex")}`;
    const good = await type(auditVerify, ["--anchor", anchor]);
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining("holds the anchor.") });
    await asOwner(`delete from audit_entries where seq = ${seq}`);
    await asOwner(
      "update audit_head set (seq, hash) = (select seq, hash from audit_entries order by seq desc limit 1)",
    );
    expect((await type(auditVerify, [])).code).toBe(0);
    const cut = await type(auditVerify, ["--anchor", anchor]);
    expect(cut).toMatchObject({ code: 1, out: expect.stringContaining(`Broken at ${seq}:`) });
    expect(await type(auditVerify, ["--anchor", "7"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("NUMBER:HASH"),
    });
  });
});
