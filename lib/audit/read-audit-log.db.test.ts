import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROOF_MINUTES } from "#lib/access/proof-limits.ts";
import { systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { testActor, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type AuditEntryInput, appendAuditEntries } from "./append-audit-entry.ts";
import { exportAuditLog } from "./export-audit-log.ts";
import { readAuditFilter } from "./log-filter-policy.ts";
import { readAuditEntry, readAuditLog } from "./read-audit-log.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const core = { ...systemCore(db, createLog("silent", [])), now: clock.now };
const lead = testActor("lead");
const id = lead.kind === "user" ? lead.id : "";
const request = { address: "203.0.113.7", agent: "Test/1", correlationId: "c-export" };

const entryOf = (index: number): AuditEntryInput => ({
  action: index % 2 ? "code.revealed" : "order.given_up",
  objectKind: index % 2 ? "code" : "order",
  objectId: `object-${index}`,
  reason: index === 3 ? '=HYPERLINK("https://evil.example")' : `reason ${index}`,
  details: { index },
  ...(index === 5 && { before: { name: "A" }, after: { name: "B" } }),
  address: "203.0.113.7",
  agent: "Browser/1",
  correlationId: index < 10 ? "c-first" : null,
});
const filterOf = (query: string) => {
  const params = new URLSearchParams(query);
  return readAuditFilter((name) => params.get(name));
};
const read = (query: string, after?: string | null) =>
  readAuditLog(core, lead, filterOf(query), { after: after ?? null });

let middle: Date;
beforeAll(async () => {
  const entries = Array.from({ length: 60 }, (_, index) => entryOf(index));
  await db.$transaction((tx) => appendAuditEntries(tx, core, lead, entries));
  clock.advance(60_000);
  middle = clock.now();
  clock.advance(60_000);
  await db.$transaction((tx) =>
    appendAuditEntries(tx, core, { kind: "job", name: "engine" }, [
      { ...entryOf(60), objectKind: "endpoint", action: "endpoint.disabled" },
    ]),
  );
});

describe("readAuditLog", () => {
  it("tells newest first, page by page, each entry once", async () => {
    const first = await read("");
    expect(first.rows.map(({ objectId }) => objectId).slice(0, 2)).toEqual([
      "object-60",
      "object-59",
    ]);
    expect(first.rows).toHaveLength(50);
    const second = await read("", first.next);
    expect(second).toMatchObject({ next: null });
    const all = [...first.rows, ...second.rows].map(({ objectId }) => objectId);
    expect(all).toEqual(Array.from({ length: 61 }, (_, index) => `object-${60 - index}`));
    expect(first.chain).toEqual({
      verifiedSeq: null,
      verifiedAt: null,
      wholeAt: null,
      broken: null,
    });
    // Ids sort by age, as the page needs it.
    const ids = first.rows.map((row) => row.id);
    expect(ids.toSorted().reverse()).toEqual(ids);
  });

  it.each([
    ["actorKind=job", 1],
    [`actor=${id}`, 60],
    ["actor=asha", 60],
    ["actor=%25", 0],
    ["action=code.revealed", 30],
    ["action=order", 31 - 1],
    ["action=ord", 0],
    ["objectKind=endpoint", 1],
    ["object=object-7", 1],
    ["correlation=c-first", 10],
    ["actorKind=user&action=code&correlation=c-first", 5],
    ["objectKind=nothing-we-know", 61],
  ])("finds by %s", async (query, count) => {
    let found = 0;
    let after: string | null = null;
    do {
      const page = await read(query, after);
      found += page.rows.length;
      after = page.next;
    } while (after);
    expect(found).toBe(count);
  });

  it("finds by time", async () => {
    expect((await read(`since=${middle.toISOString()}`)).rows).toHaveLength(1);
    expect((await read(`until=${middle.toISOString()}&correlation=c-first`)).rows).toHaveLength(10);
  });

  it("shows one with everything", async () => {
    const [row] = (await read("object=object-5")).rows;
    expect(await readAuditEntry(core, lead, row?.seq ?? "")).toEqual(row);
    expect(row).toMatchObject({
      ...{ actorName: "Asha Rao", before: { name: "A" }, after: { name: "B" } },
      ...{ agent: "Browser/1", hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    for (const junk of ["", "x", "-1", "1e3", "9".repeat(19), "9".repeat(40)]) {
      expect(await readAuditEntry(core, lead, junk)).toBeNull();
    }
  });

  it.each(["operator", "finance", "viewer"] as const)("is not for a %s", async (role) => {
    const actor = testActor(role);
    await expect(readAuditLog(core, actor, filterOf(""))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(readAuditEntry(core, actor, "1")).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      exportAuditLog(core, actor, { filter: filterOf(""), format: "csv" }, request),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("exportAuditLog", () => {
  const take = async (query: string, format: "csv" | "jsonl") => {
    let text = "";
    const asked = { filter: filterOf(query), format };
    for await (const part of await exportAuditLog(core, lead, asked, request)) text += part;
    return text;
  };

  it("gives what fits, as lines of JSON", async () => {
    const text = await take("correlation=c-first", "jsonl");
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(10);
    expect(rows[4]).toMatchObject({ objectId: "object-5", before: { name: "A" } });
    expect(rows[0]).not.toHaveProperty("id");
  });

  it("gives CSV in which nothing is a formula", async () => {
    const text = await take("correlation=c-first", "csv");
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^seq,at,actorKind,/);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(text).toContain('"{""name"":""A""}"');
  });

  it("is noted before anything leaves, with what was asked for", async () => {
    const parts = await exportAuditLog(
      core,
      lead,
      { filter: filterOf("action=code&actorKind=user"), format: "csv" },
      request,
    );
    const entry = await db.auditEntry.findFirst({ orderBy: { seq: "desc" } });
    expect(entry).toMatchObject({
      ...{ action: "audit.exported", objectKind: "audit", agent: "Test/1" },
      details: { format: "csv", action: "code", actorKind: "user" },
    });
    await parts.return(undefined);
  });

  it("wants a recent proof of who is there, and notes nothing without", async () => {
    if (lead.kind !== "user") throw new Error("a person is needed");
    const asked = { filter: filterOf(""), format: "csv" } as const;
    const entries = await db.auditEntry.count();
    const longAgo = new Date(core.now().getTime() - PROOF_MINUTES * 60_000 - 1);
    for (const provedAt of [null, longAgo]) {
      await expect(
        exportAuditLog(core, { ...lead, provedAt }, asked, request),
      ).rejects.toMatchObject({ code: "proof_needed" });
    }
    expect(await db.auditEntry.count()).toBe(entries);
  });

  it("wants the grant", async () => {
    if (lead.kind !== "user") throw new Error("a person is needed");
    const bare = { ...lead, grants: [] };
    const asked = { filter: filterOf(""), format: "csv" } as const;
    await expect(exportAuditLog(core, bare, asked, request)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
