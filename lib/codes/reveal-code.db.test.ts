import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { listen, type Topic } from "#lib/platform/notify.ts";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
  testSealer,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { sealCode } from "./code-seal.ts";
import { noteCopy } from "./note-copy.ts";
import { quietReveals } from "./quiet-reveals.ts";
import { revealCode } from "./reveal-code.ts";
import { REVEALS_AN_HOUR, REVEALS_UNUSUAL, REVEALS_UNUSUAL_HOURS } from "./reveal-limits.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";
import { type IncomingCode, storeCodes } from "./store-codes.ts";

const { db, drop, url } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const HOUR_MS = 3_600_000;
const WHY = "asked by the customer";
let operator: Actor;
const REQUEST = { address: "203.0.113.7", correlationId: "c1" };
let orderId: string;
let itemId: string;

/** Who has just signed in, by the clock of the test. */
const signedIn = (role?: Parameters<typeof testActor>[0]): Actor =>
  ({ ...testActor(role), provedAt: clock.now() }) as Actor;

beforeEach(async () => {
  operator = signedIn("operator");
  const { order, item } = await createOrder(db, ctx.account.id);
  orderId = order.id;
  itemId = item.id;
});

async function storedCode(
  value: string,
  raw: IncomingCode["raw"] = value,
  withheld = false,
  position = 0,
) {
  await db.$transaction((tx) =>
    storeCodes(tx, ctx, orderId, [{ itemId, position, value, raw }], withheld),
  );
  return (await db.code.findFirstOrThrow({ where: { itemId, position } })).id;
}

/** Past the trigger, as somebody with the database in his hands would. */
const tamper = (codeId: string, sealed: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update codes set sealed = ${sealed} where id = ${codeId}::uuid`,
  ]);

const reveal = (codeId: string, actor = operator, why = WHY) =>
  revealCode(ctx, actor, codeId, why, REQUEST);
const trail = () =>
  db.auditEntry.findMany({
    where: { actorId: operator.kind === "user" ? operator.id : "" },
    orderBy: { seq: "asc" },
  });

describe("revealCode", () => {
  it("opens the code, and leaves a trace that says why", async () => {
    const codeId = await storedCode("XK7P-22QD-MM41");
    expect(await reveal(codeId)).toMatchObject({
      kind: "shown",
      code: { value: "XK7P-22QD-MM41", parts: { code: "XK7P-22QD-MM41", pin: null, others: [] } },
    });
    expect(await trail()).toMatchObject([
      {
        action: "code.revealed",
        actorName: "Asha Rao",
        objectKind: "code",
        objectId: codeId,
        reason: WHY,
        details: { orderId, item: 0, position: 0 },
        ...REQUEST,
      },
    ]);
    expect(JSON.stringify((await trail()).map(({ details }) => details))).not.toContain("XK7P");
    const { revealedAt } = await db.code.findUniqueOrThrow({ where: { id: codeId } });
    expect(revealedAt).toEqual(ctx.now());
  });

  it("opens a code of our own, which has no order", async () => {
    const codeId = ctx.newId();
    const { id: stockProductId } = await createStockProduct(db);
    await createCodes(db, 1, { id: codeId, stockProductId });
    const { importId } = await db.code.findUniqueOrThrow({ where: { id: codeId } });
    const place = { codeId, source: { importId: importId ?? "" }, position: 0 };
    await tamper(codeId, sealCode(ctx.sealer, place, { value: "OWN-1", raw: "OWN-1" }));
    expect(await reveal(codeId)).toMatchObject({ kind: "shown", code: { value: "OWN-1" } });
    expect(await trail()).toMatchObject([{ objectId: codeId, details: { position: 0 } }]);
  });

  it("leaves a trace of every look, and keeps the time of the first", async () => {
    const codeId = await storedCode("one");
    const first = await db.$transaction([
      db.code.update({ where: { id: codeId }, data: { revealedAt: new Date(0) } }),
    ]);
    await Promise.all(Array.from({ length: 5 }, () => reveal(codeId)));
    expect(await trail()).toHaveLength(5);
    expect(await db.code.findUniqueOrThrow({ where: { id: codeId } })).toEqual(first[0]);
  });

  it("tells open pages that the code and its order changed", async () => {
    const topics: Topic[] = [];
    const listener = listen(url, ctx.log, (topic) => topics.push(topic));
    await vi.waitFor(() => expect(topics).toEqual(["engine"]), { interval: 5, timeout: 15_000 });
    await reveal(await storedCode("one"));
    await vi.waitFor(() => expect(topics).toContain(`order:${orderId}`), {
      interval: 5,
      timeout: 15_000,
    });
    expect(topics).toContain("codes");
    await listener.close();
  });

  it("takes apart what came beside the code", async () => {
    const codeId = await storedCode("one", { code: "one", pin: "4711", shop: "Kolkata" });
    expect(await reveal(codeId)).toMatchObject({
      code: {
        value: "one",
        parts: { code: "one", pin: "4711", others: [{ label: "shop", text: "Kolkata" }] },
      },
    });
  });
});

describe("revealCode refuses, without a trace of a look", () => {
  it("whoever lacks the right", async () => {
    const codeId = await storedCode("one");
    const refusal = expect.objectContaining({ code: "forbidden" });
    await expect(reveal(codeId, signedIn("viewer"))).rejects.toEqual(refusal);
    expect(await trail()).toEqual([]);
  });

  it.each(["", "  ", "ok", "x".repeat(501), "\u0000\u0001\u0002"])(
    "whoever doesn't say why: %j",
    async (why) => {
      const codeId = await storedCode("one");
      const refusal = expect.objectContaining({ code: "invalid" });
      await expect(reveal(codeId, operator, why)).rejects.toEqual(refusal);
      expect(await trail()).toEqual([]);
    },
  );

  it("a reason that tells the code", async () => {
    const codeId = await storedCode("XK7P-22QD-MM41");
    const refusal = expect.objectContaining({ code: "invalid" });
    const why = "is code XK7P-22QD-MM41, right?";
    await expect(reveal(codeId, operator, why)).rejects.toEqual(refusal);
    expect(await trail()).toEqual([]);
  });

  it("whoever has not proved for five minutes that it is him", async () => {
    const codeId = await storedCode("one");
    clock.advance(5 * 60_000 + 1);
    await expect(reveal(codeId)).rejects.toMatchObject({ code: "proof_needed" });
    expect(await trail()).toEqual([]);
    expect((await db.code.findUniqueOrThrow({ where: { id: codeId } })).revealedAt).toBeNull();
  });

  it("a withheld code, even to an admin", async () => {
    const codeId = await storedCode("one", "one", true);
    const refusal = expect.objectContaining({ code: "forbidden" });
    await expect(reveal(codeId, signedIn("admin"))).rejects.toEqual(refusal);
    expect(await trail()).toEqual([]);
  });

  it("a code that is withheld while somebody reveals it", async () => {
    const codeId = await storedCode("one");
    const reading = await db.$transaction(async (tx) => {
      await tx.$executeRaw`update codes set state = 'withheld' where id = ${codeId}::uuid`;
      const pending = reveal(codeId);
      pending.catch(() => undefined);
      await vi.waitFor(
        async () => {
          const waiting = await db.$queryRaw<unknown[]>`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
          expect(waiting).toHaveLength(1);
        },
        { timeout: 15_000 },
      );
      return { pending };
    });
    await expect(reading.pending).rejects.toMatchObject({ code: "forbidden" });
    expect(await trail()).toEqual([]);
  });

  it("a code that doesn't exist", async () => {
    const refusal = expect.objectContaining({ code: "not_found" });
    await expect(reveal(ctx.newId())).rejects.toEqual(refusal);
  });

  it("a row that was tampered with", async () => {
    const codeId = await storedCode("one");
    const { sealed } = await db.code.findUniqueOrThrow({ where: { id: codeId } });
    await tamper(codeId, sealed.slice(0, -1) + (sealed.endsWith("A") ? "B" : "A"));
    await expect(reveal(codeId)).rejects.toThrow();
    await tamper(codeId, "v1|t1|AAAA|AAAA|AAAA");
    await expect(reveal(codeId)).rejects.toThrow();
    expect(await trail()).toEqual([]);
  });

  it("a ciphertext that was moved to another row", async () => {
    const mine = await storedCode("mine");
    const other = await storedCode("other", "other", false, 1);
    const { sealed } = await db.code.findUniqueOrThrow({ where: { id: other } });
    await tamper(mine, sealed);
    await expect(reveal(mine)).rejects.toThrow();
  });

  it("a code whose key is gone", async () => {
    const codeId = await storedCode("one");
    const stranger = { ...ctx, sealer: testSealer("t2") };
    await expect(revealCode(stranger, operator, codeId, WHY, REQUEST)).rejects.toThrow();
    expect(await trail()).toEqual([]);
  });
});

describe("no audit entry, no reveal", () => {
  it("gives nothing away when the entry can't be written", async () => {
    const codeId = await storedCode("one");
    await db.$executeRaw`alter table audit_entries add constraint full_disk check (false) not valid`;
    try {
      await expect(reveal(codeId)).rejects.toThrow("full_disk");
    } finally {
      await db.$executeRaw`alter table audit_entries drop constraint full_disk`;
    }
    expect((await db.code.findUniqueOrThrow({ where: { id: codeId } })).revealedAt).toBeNull();
  });

  it("gives nothing away when the entry was written and the commit fails", async () => {
    const codeId = await storedCode("SECRET-OF-THE-COMMIT");
    await db.$executeRawUnsafe(`
      create function fail_late() returns trigger language plpgsql as
        $$ begin raise exception 'the disk is full'; end $$`);
    await db.$executeRawUnsafe(`
      create constraint trigger fail_late after insert on audit_entries
      deferrable initially deferred for each row execute function fail_late()`);
    const failure = await reveal(codeId)
      .then(String, (error: unknown) => error)
      .finally(async () => {
        await db.$executeRawUnsafe("drop function fail_late cascade");
      });
    expect(failure).toBeInstanceOf(Error);
    expect(`${failure} ${JSON.stringify(failure)}`).not.toContain("SECRET");
    expect(await trail()).toEqual([]);
    expect((await db.code.findUniqueOrThrow({ where: { id: codeId } })).revealedAt).toBeNull();
  });

  it("waits for the entry before it answers", async () => {
    const codeId = await storedCode("one");
    let answered = false;
    const answer = await db.$transaction(async (tx) => {
      await tx.$executeRaw`lock table audit_entries in exclusive mode`;
      const pending = reveal(codeId).finally(() => {
        answered = true;
      });
      await vi.waitFor(
        async () => {
          const waiting = await db.$queryRaw<unknown[]>`
          select 1 from pg_locks where relation = 'audit_entries'::regclass and not granted`;
          expect(waiting).toHaveLength(1);
        },
        { timeout: 15_000 },
      );
      expect(answered).toBe(false);
      // Handed out wrapped, or the transaction would wait for it.
      return { pending };
    });
    expect(await answer.pending).toMatchObject({ kind: "shown", code: { value: "one" } });
    expect(await trail()).toHaveLength(1);
  });
});

describe("the hourly cap", () => {
  it("lets so many at once get no further, and is one's own", async () => {
    const codeId = await storedCode("one");
    await noted(REVEALS_AN_HOUR - 5);
    const results = await Promise.all(Array.from({ length: 20 }, () => reveal(codeId)));
    expect(results.filter(({ kind }) => kind === "shown")).toHaveLength(5);
    expect(results.filter(({ kind }) => kind === "capped")).toHaveLength(15);
    expect(await trail()).toHaveLength(REVEALS_AN_HOUR);
    expect(await reveal(codeId, signedIn())).toMatchObject({ kind: "shown" });
  });

  it("slides: as reveals grow older than an hour, others are free", async () => {
    const codeId = await storedCode("one");
    const first = clock.now();
    await noted(REVEALS_AN_HOUR - 1);
    clock.advance(60_000);
    expect(await reveal(codeId)).toMatchObject({ kind: "shown" });
    const freeAt = new Date(first.getTime() + HOUR_MS).toISOString();
    expect(await reveal(codeId)).toEqual({ kind: "capped", limit: REVEALS_AN_HOUR, freeAt });
    clock.advance(HOUR_MS - 60_000 - 1);
    operator = { ...operator, provedAt: clock.now() } as Actor;
    expect(await reveal(codeId)).toMatchObject({ kind: "capped" });
    clock.advance(1);
    expect(await reveal(codeId)).toMatchObject({ kind: "shown" });
  });
});

describe("an unusual volume", () => {
  const signals = () =>
    db.systemSignal.findMany({
      where: { key: "reveals_unusual", subject: operator.kind === "user" ? operator.id : "" },
    });

  it("is told once, and is over a day later", async () => {
    await db.systemSignal.deleteMany();
    const codeId = await storedCode("one");
    await noted(REVEALS_UNUSUAL - 2);
    await reveal(codeId);
    expect(await signals()).toEqual([]);
    await reveal(codeId);
    await reveal(codeId);
    expect(await signals()).toMatchObject([
      { clearedAt: null, data: { person: "Asha Rao", count: REVEALS_UNUSUAL + 1 } },
    ]);
    expect(await quietReveals(ctx)).toBe(0);
    clock.advance(REVEALS_UNUSUAL_HOURS * HOUR_MS);
    operator = { ...operator, provedAt: clock.now() } as Actor;
    await reveal(codeId);
    expect(await quietReveals(ctx)).toBe(0);
    clock.advance(HOUR_MS + 1);
    expect(await quietReveals(ctx)).toBe(1);
    expect(await signals()).toMatchObject([{ clearedAt: clock.now() }]);
  });
});

describe("noteCopy", () => {
  const copy = (codeId: string, actor = operator) => noteCopy(ctx, actor, codeId, true, REQUEST);

  it("notes each copy of what was shown", async () => {
    const codeId = await storedCode("one");
    await reveal(codeId);
    await copy(codeId);
    await noteCopy(ctx, operator, codeId, false, REQUEST);
    expect((await trail()).slice(1)).toMatchObject([
      { action: "code.copied", objectId: codeId, details: { orderId, part: "code" }, ...REQUEST },
      { action: "code.copied", objectId: codeId, details: { orderId, part: "field" } },
    ]);
  });

  it("notes none of what was not shown, to another, or long ago", async () => {
    const codeId = await storedCode("one");
    const refusal = { code: "conflict" };
    await expect(copy(codeId)).rejects.toMatchObject(refusal);
    await reveal(codeId);
    await expect(copy(codeId, signedIn())).rejects.toMatchObject(refusal);
    await expect(copy(codeId, testActor("viewer"))).rejects.toMatchObject({ code: "forbidden" });
    clock.advance(10 * 60_000);
    await expect(copy(codeId)).rejects.toMatchObject(refusal);
    expect(await trail()).toHaveLength(1);
  });
});

/** Reveals of the operator, as the log remembers them. */
async function noted(count: number): Promise<void> {
  const actorId = operator.kind === "user" ? operator.id : "";
  await db.auditEntry.createMany({
    data: Array.from({ length: count }, () => ({
      at: clock.now(),
      actorKind: "user",
      actorId,
      actorName: operator.name,
      action: "code.revealed",
      objectKind: "code",
      objectId: "x",
    })),
  });
}
