/** When audits are made, how far back they read, and what becomes of broken ones. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { auditAccounts } from "./audit-accounts.ts";
import { type Account, OBJECTS, openAccount } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let one: Account;
async function open(options: Parameters<typeof openAccount>[1] = {}) {
  one = await openAccount(db, options);
  return one;
}
/** An account from which something was sent, a while ago: what comes now doesn't predate us. */
async function inUse(options: Parameters<typeof openAccount>[1] = {}) {
  await open(options);
  await one.finish(await one.place("test-account"));
  one.advance(1_800_000);
  return one;
}
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const attributions = async () => (await one.mirror()).map(({ attribution }) => attribution);

describe("auditing goes on", () => {
  it("once a minute, by however many processes", async () => {
    await inUse();
    await Promise.all([1, 2, 3, 4].map(() => auditAccounts(one.ctx)));
    expect(await one.count("GET list")).toBe(1);
    one.advance(59_999);
    await auditAccounts(one.ctx);
    expect(await one.count("GET list")).toBe(1);
    one.advance(1);
    await auditAccounts(one.ctx);
    expect(await one.count("GET list")).toBe(2);
  });

  it("from where the last one ended, after however long a pause", async () => {
    await inUse();
    await one.audit();
    one.advance(60_000);
    const theirs = await one.foreign();
    for (let count = 0; count < 60; count++) {
      one.advance(5 * 60_000);
      await one.foreign(OBJECTS);
    }
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
    expect(await one.count("GET list")).toBe(3);
  });

  it("reads no further back than it has to", async () => {
    await inUse();
    for (let count = 0; count < 120; count++) {
      await one.foreign(OBJECTS);
      one.advance(1_000);
    }
    await one.audit();
    const before = await one.count("GET list");
    one.advance(3 * 3_600_000);
    await one.audit();
    await one.audit();
    // The second of them has to read no more than the last hour.
    expect(await one.count("GET list")).toBeLessThanOrEqual(before + 4);
  });

  it("after one that couldn't read the list: from where the last whole one ended", async () => {
    await inUse();
    await one.audit();
    const audited = await db.supplier.findUniqueOrThrow({ where: { id: one.supplierId } });
    const theirs = await one.foreign();
    await one.rule({ loseReply: "before" }, { endpoint: "list" });
    for (let minute = 0; minute < 90; minute++) await one.audit();
    expect(await db.supplier.findUniqueOrThrow({ where: { id: one.supplierId } })).toMatchObject({
      auditedAt: audited.auditedAt,
    });
    await one.control("DELETE", "/rules");
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
  });

  it("in vain for ten minutes: a person is told, until one comes to its end", async () => {
    await inUse();
    await one.audit();
    await one.rule({ loseReply: "before" }, { endpoint: "list" });
    for (let minute = 1; minute < 10; minute++) await one.audit();
    expect(await one.signals()).toEqual([]);
    await one.audit();
    expect(
      await db.systemSignal.findMany({ where: { subject: one.supplierId, clearedAt: null } }),
    ).toMatchObject([{ key: "audit_overdue", data: { problem: expect.stringMatching(/\w{3}/) } }]);
    await one.control("DELETE", "/rules");
    await one.audit();
    expect(await one.signals()).toEqual([]);
  });

  it("asks a supplier that doesn't answer no more often than one that does", async () => {
    await inUse();
    await one.rule({ loseReply: "before" }, { endpoint: "list" });
    for (let second = 0; second < 60; second += 5) {
      await auditAccounts(one.ctx);
      one.advance(5_000);
    }
    expect(await one.count("GET list")).toBe(1);
  });

  it("when a process dies at it: another does it once its lease has run out", async () => {
    await inUse();
    const theirs = await one.foreign();
    one.advance(60_000);
    const dying = {
      ...one.ctx,
      reach: (point: string) =>
        point === "audit_page_recorded" ? new Promise<never>(() => undefined) : Promise.resolve(),
    };
    void auditAccounts(dying);
    await expect.poll(() => one.count("GET list"), { interval: 10 }).toBe(1);
    await expect.poll(() => db.supplierOrder.count({ where: { supplierOrderId: theirs } })).toBe(1);
    one.advance(60_000);
    await auditAccounts(one.ctx);
    expect(await one.count("GET list")).toBe(1);
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
  });

  it("when one breaks off inside: the next needs no lease to run out", async () => {
    await inUse();
    const failing = {
      ...one.ctx,
      log: { ...one.ctx.log, error: () => undefined },
      reach: (point: string) =>
        point === "audit_page_read" ? Promise.reject(new Error("no")) : Promise.resolve(),
    };
    await one.audit(failing as never);
    await one.audit();
    expect(await attributions()).toEqual(["ours"]);
  });
});
