import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { readChainState } from "#lib/audit/watch.ts";
import { systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { testActor, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { watchAuditChain } from "./watch-audit-chain.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const HOUR = 60 * 60_000;
const clock = testClock();
const lines: string[] = [];
const log = createLog("info", [], (line) => lines.push(line));
const core = { ...systemCore(db, log), now: clock.now };

const append = (objectId: string) =>
  db.$transaction((tx) =>
    appendAuditEntry(tx, core, testActor("admin"), {
      ...{ action: "order.given_up", objectKind: "order", objectId },
      ...{ address: null, correlationId: null },
    }),
  );
const asOwner = (...statements: string[]) =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
  });
const signals = () =>
  db.systemSignal.findMany({ where: { key: "invariant_violated" }, orderBy: { openedAt: "asc" } });
const mails = () => db.outboundEvent.findMany({ where: { type: "audit.anchor" } });
const anchors = () =>
  lines.flatMap((line) =>
    line.includes("audit anchor") ? [JSON.parse(line).anchor as string] : [],
  );

beforeEach(async () => {
  await asOwner(
    "truncate audit_entries, audit_head, audit_watch, system_signals, deliveries, events, endpoints, users cascade",
  );
  lines.length = 0;
});

describe("watchAuditChain", () => {
  it("verifies what came since, each at its pace, and keeps how far it is good", async () => {
    await append("a");
    await watchAuditChain(core);
    const first = await readChainState(db);
    expect(first).toMatchObject({ verifiedAt: clock.now().toISOString(), broken: null });
    await append("b");
    await watchAuditChain(core);
    expect(await readChainState(db)).toEqual(first);
    clock.advance(5 * 60_000);
    await watchAuditChain(core);
    const { seq } = await db.auditHead.findFirstOrThrow();
    expect(await readChainState(db)).toMatchObject({
      verifiedSeq: String(seq),
      wholeAt: first.wholeAt,
    });
    expect(await signals()).toEqual([]);
  });

  it("opens a signal while it is broken", async () => {
    await append("a");
    await append("b");
    await watchAuditChain(core);
    const { seq } = await db.auditEntry.findFirstOrThrow({ orderBy: { seq: "asc" } });
    await asOwner(`update audit_entries set object_id = 'x' where seq = ${seq}`);
    clock.advance(5 * 60_000);
    await watchAuditChain(core);
    // What was good is looked at again a day later.
    expect(await signals()).toEqual([]);
    clock.advance(24 * HOUR);
    await watchAuditChain(core);
    expect(await signals()).toMatchObject([
      { subject: "I18", clearedAt: null, data: { seq: String(seq), why: "changed" } },
    ]);
    expect((await readChainState(db)).broken).toEqual({ seq: String(seq), why: "changed" });
    await asOwner(`update audit_entries set object_id = 'a' where seq = ${seq}`);
    clock.advance(5 * 60_000);
    await watchAuditChain(core);
    expect(await signals()).toMatchObject([{ clearedAt: clock.now() }]);
    expect((await readChainState(db)).broken).toBeNull();
  });

  it("puts its end into the log once an hour", async () => {
    await watchAuditChain(core);
    expect(anchors()).toEqual([]);
    clock.advance(HOUR);
    await append("a");
    await watchAuditChain(core);
    await append("b");
    await watchAuditChain(core);
    const { seq, hash } = await db.auditHead.findFirstOrThrow();
    expect(anchors()).toHaveLength(1);
    clock.advance(HOUR);
    await watchAuditChain(core);
    expect(anchors().at(-1)).toBe(`${seq}:${Buffer.from(hash).toString("hex")}`);
  });

  it("mails it to every owner once a day, where something mails", async () => {
    await append("a");
    await watchAuditChain(core);
    const users = [
      ["owner", null],
      ["owner", clock.now()],
      ["admin", null],
    ] as const;
    for (const [index, [role, disabledAt]] of users.entries()) {
      const email = `person${index}@example.com`;
      await db.user.create({ data: { email, name: `Person ${index}`, role, disabledAt } });
    }
    const endpoint = {
      ...{ channel: "email", config: {}, events: ["*"], retryPlanMs: [] },
      ...{ createdAt: clock.now(), createdBy: "x", updatedAt: clock.now() },
    };
    await db.endpoint.create({
      data: {
        ...endpoint,
        id: core.newId(),
        name: "Paused",
        pausedAt: clock.now(),
        pauseReason: "x",
      },
    });
    await watchAuditChain(core);
    expect(await mails()).toEqual([]);
    const { id } = await db.endpoint.create({
      data: { ...endpoint, id: core.newId(), name: "Mail" },
    });
    await watchAuditChain(core);
    await watchAuditChain(core);
    expect((await mails()).map(({ data }) => data)).toMatchObject([
      {
        anchor: expect.stringMatching(/^\d+:[0-9a-f]{64}$/),
        to: { address: "person0@example.com" },
      },
    ]);
    expect(await db.delivery.findMany({ select: { endpointId: true } })).toEqual([
      { endpointId: id },
    ]);
    clock.advance(24 * HOUR);
    await Promise.all([watchAuditChain(core), watchAuditChain(core)]);
    expect(await mails()).toHaveLength(2);
  });
});
