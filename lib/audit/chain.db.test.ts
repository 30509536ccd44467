import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import { ensureDataKeys, lockDataKeys, wrapNewKey } from "#lib/platform/data-keys.ts";
import { type Db, openDb } from "#lib/platform/db.ts";
import { localKeySource } from "#lib/platform/local-key-source.ts";
import { createLog } from "#lib/platform/log.ts";
import { testActor, testClock } from "#prisma/factories.ts";
import { createTestDatabase, TEST_CHAIN_KEYS } from "#prisma/test-database.ts";
import { readAnchor, writeAnchor } from "./anchor.ts";
import {
  type AuditEntryInput,
  appendAuditEntries,
  appendAuditEntry,
} from "./append-audit-entry.ts";
import { fixedChainKeys, holdChainKeys, openChainKeys } from "./chain-keys.ts";
import { readHead } from "./read-chain.ts";
import { turnChainKey } from "./turn-chain-key.ts";
import { verifyAuditChain } from "./verify-audit-chain.ts";

const { url, db, drop } = await createTestDatabase();
const others = Array.from({ length: 3 }, () => openDb(url));
for (const other of others) holdChainKeys(other, TEST_CHAIN_KEYS);
afterAll(async () => {
  await Promise.all(others.map((other) => other.$disconnect()));
  await drop();
});

/** The machine may have a lot else to do. */
const UNHURRIED = { maxWait: 60_000, timeout: 60_000 };
const log = createLog("silent", []);
const clock = testClock();
const core = { ...systemCore(db, log), now: clock.now };
const person = testActor("admin");

const entryOf = (objectId: string, more: Partial<AuditEntryInput> = {}): AuditEntryInput => ({
  ...{ action: "order.given_up", objectKind: "order", objectId },
  ...{ address: "203.0.113.7", correlationId: "c1" },
  ...more,
});
const append = (entries: AuditEntryInput[], client: Db = db) =>
  client.$transaction((tx) => appendAuditEntries(tx, core, person, entries), UNHURRIED);

/** Whatever only the owner of the tables can do. */
const asOwner = (...statements: string[]) =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
  });

/** As the build before the chain writes one. */
const BARE = {
  ...{ actorKind: "job", actorName: "x", action: "x" },
  ...{ objectKind: "order", objectId: "x" },
};

beforeEach(() => asOwner("delete from audit_entries", "delete from audit_head"));

describe("a chain", () => {
  it("is made by appending, and verifies", async () => {
    await append([entryOf("a"), entryOf("b", { reason: "because", details: { n: 1 } })]);
    await append([entryOf("c")]);
    const entries = await db.auditEntry.findMany({ orderBy: { seq: "asc" } });
    expect(entries.map(({ objectId, keyId }) => [objectId, keyId])).toEqual([
      ["a", "test"],
      ["b", "test"],
      ["c", "test"],
    ]);
    const last = entries.at(-1);
    expect(await readHead(db)).toEqual({
      id: 1,
      seq: String(last?.seq),
      hash: last?.hash,
      keyId: "test",
    });
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 3, unchained: 0 });
  });

  it("knows what the database made of what it was given", async () => {
    const awkward = {
      z: 1e21,
      a: 1e-7,
      negative: -0,
      tenth: 0.1,
      big: 2 ** 60,
      text: 'Ωüñ 日本 \u2028 "quoted" \\ \u0001 \ud83d\ude80',
      list: ["x", "", "ß"],
      none: null,
      'key, with: "signs"': true,
    };
    await append([
      entryOf("a", { before: awkward, after: awkward, details: { b: 1, a: "", é: null } }),
      entryOf("b", { reason: "half of \ud83d a pair, and \0", agent: "x".repeat(5_000) }),
    ]);
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 2 });
    const [first, second] = await db.auditEntry.findMany({ orderBy: { seq: "asc" } });
    expect(first?.before).toEqual({ ...awkward, negative: 0 });
    expect(second?.reason).toBe("half of \ufffd a pair, and \ufffd");
    expect(second?.agent).toHaveLength(300);
  });

  it("begins after what is older than it", async () => {
    const row = BARE;
    await db.auditEntry.createMany({ data: [row, row] });
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 0, unchained: 2 });
    await append([entryOf("a")]);
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 1, unchained: 2 });
    const { seq } = await db.auditEntry.create({ data: row });
    expect(await verifyAuditChain(core)).toMatchObject({
      ok: false,
      broken: { seq: String(seq), why: "unchained" },
    });
  });

  it("has nothing of what was rolled back, wherever that stopped", async () => {
    await append([entryOf("a")]);
    const failing = db.$transaction(async (tx) => {
      await appendAuditEntry(tx, core, person, entryOf("never"));
      throw new Error("the act failed");
    });
    await expect(failing).rejects.toThrow("the act failed");
    // After its number was drawn and its row written.
    await db.$executeRaw`alter table audit_entries add constraint broken check (object_id <> 'never')`;
    await expect(append([entryOf("never"), entryOf("b")])).rejects.toThrow("broken");
    await db.$executeRaw`alter table audit_entries drop constraint broken`;
    await append([entryOf("c")]);
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 2 });
  });

  it("is written last: what the act waits for, it doesn't wait for with the head in hand", async () => {
    let noted = () => {};
    const first = new Promise<void>((resolve) => {
      noted = resolve;
    });
    let go = () => {};
    const released = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow = db.$transaction(async (tx) => {
      await appendAuditEntry(tx, core, person, entryOf("slow"));
      noted();
      await released;
    });
    await first;
    // It would wait for ever if appending had locked the head.
    await append([entryOf("quick")]);
    go();
    await slow;
    const entries = await db.auditEntry.findMany({ orderBy: { seq: "asc" } });
    expect(entries.map(({ objectId }) => objectId)).toEqual(["quick", "slow"]);
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true, verified: 2 });
  });

  it("wants a transaction, and keys", async () => {
    await expect(appendAuditEntry(db, core, person, entryOf("a"))).rejects.toThrow("transaction");
    const bare = openDb(url);
    await expect(append([entryOf("a")], bare)).rejects.toThrow("openChainKeys");
    await bare.$disconnect();
    let late: Promise<void> | undefined;
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select 1`;
      late = Promise.resolve().then(() => new Promise((resolve) => setImmediate(resolve)));
      late = late.then(() => appendAuditEntry(tx, core, person, entryOf("late")));
      late.catch(() => undefined);
    });
    await expect(late).rejects.toThrow("their transaction was over");
    expect(await db.auditEntry.count()).toBe(0);
  });

  it("doesn't fork under 10,000 parallel appends over four pools", async () => {
    const pools = [db, ...others];
    const began = performance.now();
    let next = 0;
    const waits: number[] = [];
    const hands = await Promise.allSettled(
      Array.from({ length: 16 }, async (_, hand) => {
        const client = pools[hand % pools.length] as Db;
        // Every second one writes many at once, as handing out does.
        const size = hand % 2 ? 1 : 19;
        while (next < 10_000) {
          const from = next;
          next += size;
          const entries = Array.from({ length: size }, (_, index) => entryOf(`o${from + index}`));
          const asked = performance.now();
          await append(entries, client).catch((error) => {
            // A machine that stands still for three seconds loses the head: nothing was written.
            if (!String(error).includes("idle-in-transaction")) throw error;
            return append(entries, client);
          });
          waits.push(performance.now() - asked);
        }
      }),
    );
    const took = performance.now() - began;
    expect(hands.filter(({ status }) => status === "rejected")).toEqual([]);
    const verdict = await verifyAuditChain(core);
    expect(verdict).toMatchObject({ ok: true, unchained: 0 });
    expect(verdict.verified).toBeGreaterThanOrEqual(10_000);
    const [row] = await db.$queryRaw<{ hashes: number; objects: number; all: number }[]>`
      select count(distinct hash)::int as hashes, count(distinct object_id)::int as objects,
        count(*)::int as all from audit_entries`;
    expect(row).toEqual({
      hashes: verdict.verified,
      objects: verdict.verified,
      all: verdict.verified,
    });
    waits.sort((one, other) => one - other);
    const p95 = waits[Math.floor(waits.length * 0.95)] ?? 0;
    process.stdout.write(
      `  ${waits.length} transactions, ${verdict.verified} entries, 16 at once: ${((waits.length / took) * 1_000).toFixed(0)} transactions/s, p95 ${p95.toFixed(0)} ms\n`,
    );
  }, 240_000);

  it("goes on over a turn of its key, in processes that haven't heard of it", async () => {
    const source = localKeySource([{ id: "k1", key: randomBytes(32) }], "the test");
    await ensureDataKeys(db, clock.now, source);
    const [one, other] = [openDb(url), openDb(url)];
    await openChainKeys(one, source);
    await openChainKeys(other, source);
    await append([entryOf("a")], one);
    await append([entryOf("b")], other);
    const key = await wrapNewKey(source, "audit");
    await db.$transaction(async (tx) => {
      await lockDataKeys(tx);
      await turnChainKey(tx, clock.now(), key);
    });
    await Promise.all([append([entryOf("c")], other), append([entryOf("d")], one)]);
    const keyIds = (await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).map((e) => e.keyId);
    expect(keyIds.slice(2)).toEqual([key.id, key.id]);
    expect(new Set(keyIds).size).toBe(2);
    const asked = { db: one };
    expect(await verifyAuditChain(asked)).toMatchObject({ ok: true, verified: 4 });
    // Without the outside key nothing can be said; with other keys, that they aren't these.
    const elsewhere = openDb(url);
    await expect(
      openChainKeys(elsewhere, localKeySource([{ id: "k2", key: randomBytes(32) }], "KEYS")),
    ).rejects.toThrow("isn't in KEYS");
    holdChainKeys(elsewhere, fixedChainKeys({ id: "x", key: Buffer.alloc(32) }));
    expect(await verifyAuditChain({ db: elsewhere })).toMatchObject({
      broken: { why: "unknown_key" },
    });
    await Promise.all([one, other, elsewhere].map((client) => client.$disconnect()));
    await asOwner("delete from data_keys");
  });
});

describe("verifyAuditChain", () => {
  const story = () => append(Array.from({ length: 12 }, (_, index) => entryOf(`o${index}`)));
  const seqs = async () =>
    (await db.auditEntry.findMany({ orderBy: { seq: "asc" } })).map(({ seq }) => seq);

  it.each([
    [
      "changed",
      (seq: bigint) => `update audit_entries set actor_name = 'another' where seq = ${seq}`,
    ],
    [
      "changed",
      (seq: bigint) => `update audit_entries set at = at + interval '1 ms' where seq = ${seq}`,
    ],
    ["changed", (seq: bigint) => `update audit_entries set before = 'null' where seq = ${seq}`],
    [
      "changed",
      (seq: bigint) => `update audit_entries set details = '{"n": 1.00}' where seq = ${seq}`,
    ],
    ["missing", (seq: bigint) => `delete from audit_entries where seq = ${seq - 1n}`],
  ])("finds it %s by somebody who owns the tables (%#)", async (why, statement) => {
    await append(Array.from({ length: 12 }, (_, n) => entryOf(`o${n}`, { details: { n: 1 } })));
    const seq = (await seqs())[7] ?? 0n;
    await asOwner(statement(seq));
    expect(await verifyAuditChain(core)).toMatchObject({
      ok: false,
      verified: why === "missing" ? 6 : 7,
      broken: { seq: String(seq), why },
    });
  });

  it("finds the end cut off: by the head, and where that went along, by an anchor", async () => {
    await story();
    const head = await readHead(db);
    const anchor = head && readAnchor(writeAnchor(head));
    const last = (await seqs()).at(-3);
    await asOwner(`delete from audit_entries where seq > ${last}`);
    expect(await verifyAuditChain(core)).toMatchObject({ broken: { why: "head_ahead" } });
    await asOwner(
      `update audit_head set (seq, hash) = (select seq, hash from audit_entries order by seq desc limit 1)`,
    );
    expect(await verifyAuditChain(core)).toMatchObject({ ok: true });
    expect(await verifyAuditChain(core, { anchors: anchor ? [anchor] : [] })).toMatchObject({
      broken: { seq: head?.seq, why: "anchor_missing" },
    });
  });

  it("goes on from an entry that was good before", async () => {
    await story();
    const all = await seqs();
    expect(await verifyAuditChain(core, { since: all[8] ?? null })).toMatchObject({
      ok: true,
      verified: 3,
    });
    await asOwner(`update audit_entries set reason = 'x' where seq = ${all[2]}`);
    expect((await verifyAuditChain(core, { since: all[8] ?? null })).ok).toBe(true);
    expect((await verifyAuditChain(core)).ok).toBe(false);
    // Where it is gone, everything is looked at.
    await asOwner(`delete from audit_entries where seq = ${all[8]}`);
    expect(await verifyAuditChain(core, { since: all[8] ?? null })).toMatchObject({
      broken: { seq: String(all[2]) },
    });
  });
});
