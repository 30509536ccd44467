import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import { ensureDataKeys } from "#lib/platform/data-keys.ts";
import { type Db, openDb } from "#lib/platform/db.ts";
import { localKeySource } from "#lib/platform/local-key-source.ts";
import { createLog } from "#lib/platform/log.ts";
import { testActor, testClock } from "#prisma/factories.ts";
import { createTestDatabase, TEST_CHAIN_KEYS } from "#prisma/test-database.ts";
import { appendAuditEntry } from "./append-audit-entry.ts";
import { holdChainKeys, openChainKeys } from "./chain-keys.ts";
import { verifyAuditChain } from "./verify-audit-chain.ts";

const { url, db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const core = { ...systemCore(db, createLog("silent", [])), now: clock.now };
const append = (objectId: string, client: Db = db) =>
  client.$transaction((tx) =>
    appendAuditEntry(tx, core, testActor("admin"), {
      ...{ action: "order.given_up", objectKind: "order", objectId },
      ...{ address: null, correlationId: null },
    }),
  );
/** As the build before the chain writes one. */
const BARE = {
  ...{ actorKind: "job", actorName: "x", action: "x" },
  ...{ objectKind: "order", objectId: "x" },
};

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from audit_entries`,
    db.$executeRaw`delete from audit_head`,
    db.$executeRaw`delete from data_keys`,
  ]);
});

describe("a chain beside processes that aren't as they should be", () => {
  it("takes no entry without a hash from its first key on: the build before may still be running", async () => {
    const source = localKeySource([{ id: "k1", key: randomBytes(32) }], "the test");
    const before = openDb(url);
    await before.auditEntry.create({ data: BARE });
    await ensureDataKeys(db, clock.now, source);
    const chained = openDb(url);
    await openChainKeys(chained, source);
    const refused = "older build";
    await expect(before.auditEntry.create({ data: BARE })).rejects.toThrow(refused);
    await append("a", chained);
    await expect(before.auditEntry.create({ data: BARE })).rejects.toThrow(refused);
    await append("b", chained);
    expect(await verifyAuditChain({ db: chained })).toMatchObject({
      ...{ ok: true, verified: 2, unchained: 1 },
    });
    await Promise.all([before, chained].map((client) => client.$disconnect()));
  });

  it("goes by numbers, not by clocks, which differ from host to host", async () => {
    await db.auditEntry.create({ data: { ...BARE, at: new Date("2031-01-01") } });
    const source = localKeySource([{ id: "k1", key: randomBytes(32) }], "the test");
    await ensureDataKeys(db, clock.now, source);
    await append("a");
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 1, unchained: 1 });
  });

  it("gives the head back when a process freezes with it in hand", async () => {
    const frozen = openDb(url);
    let isHeld = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    let thaw = () => {};
    const thawed = new Promise<void>((resolve) => {
      thaw = resolve;
    });
    holdChainKeys(frozen, {
      find: TEST_CHAIN_KEYS.find,
      async current(tx, last) {
        isHeld();
        await thawed;
        return TEST_CHAIN_KEYS.current(tx, last);
      },
    });
    await append("before");
    const stuck = append("frozen", frozen);
    stuck.catch(() => undefined);
    await held;
    // Everybody's usual five seconds are enough.
    await append("other");
    thaw();
    await expect(stuck).rejects.toThrow();
    await frozen.$disconnect();
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 2 });
    const [usual] = await db.$queryRaw<{ set: string }[]>`
      select current_setting('idle_in_transaction_session_timeout') as set`;
    expect(usual).toEqual({ set: "1min" });
  });
});
