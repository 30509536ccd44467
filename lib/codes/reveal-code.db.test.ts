import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { listen, type Topic } from "#lib/platform/notify.ts";
import { createSealer } from "#lib/platform/seal.ts";
import { createOrder, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { revealCode } from "./reveal-code.ts";
import { type IncomingCode, storeCodes } from "./store-codes.ts";

const { db, drop, url } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const operator = testActor("operator");
const REQUEST = { address: "203.0.113.7", correlationId: "c1" };
let orderId: string;
let itemId: string;

beforeEach(async () => {
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

const reveal = (codeId: string, actor = operator) => revealCode(ctx, actor, codeId, REQUEST);
const trail = () =>
  db.auditEntry.findMany({ where: { objectId: orderId }, orderBy: { seq: "asc" } });

describe("revealCode", () => {
  it("opens the code, and leaves a trace", async () => {
    const codeId = await storedCode("XK7P-22QD-MM41");
    expect(await reveal(codeId)).toEqual({ value: "XK7P-22QD-MM41", fields: [] });
    expect(await trail()).toMatchObject([
      {
        action: "code.revealed",
        actorName: "Asha Rao",
        objectKind: "order",
        details: { codeId, item: 0, position: 0 },
        ...REQUEST,
      },
    ]);
    expect(JSON.stringify((await trail()).map(({ details }) => details))).not.toContain("XK7P");
    const { revealedAt } = await db.code.findUniqueOrThrow({ where: { id: codeId } });
    expect(revealedAt).toEqual(ctx.now());
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

  it("tells open pages that the order changed", async () => {
    const topics: Topic[] = [];
    const listener = listen(url, ctx.log, (topic) => topics.push(topic));
    await vi.waitFor(() => expect(topics).toEqual(["engine"]), { interval: 5 });
    await reveal(await storedCode("one"));
    await vi.waitFor(() => expect(topics).toContain(`order:${orderId}`), { interval: 5 });
    await listener.close();
  });

  it.each([
    ["a text entry", "one", "one", []],
    [
      "a code with fields",
      "one",
      { code: "one", serial: 77, pin: "4711" },
      [
        { label: "serial", text: "77" },
        { label: "pin", text: "4711" },
      ],
    ],
    [
      "empty and structured fields",
      "one",
      { code: "one", note: null, empty: "", more: { a: [1] } },
      [{ label: "more", text: '{"a":[1]}' }],
    ],
    ["an entry that is shown whole", '{"login":"asha"}', { login: "asha" }, []],
    [
      "a code that looks like JSON",
      "{abc",
      { code: "{abc", pin: "4711" },
      [{ label: "pin", text: "4711" }],
    ],
    ["a list", "one", ["one"], []],
  ] as const)("shows of %s what came beside the code", async (_, value, raw, fields) => {
    const codeId = await storedCode(value, raw as IncomingCode["raw"]);
    expect(await reveal(codeId)).toEqual({ value, fields });
  });
});

describe("revealCode refuses, without a trace of a look", () => {
  it("whoever lacks the right", async () => {
    const codeId = await storedCode("one");
    const refusal = expect.objectContaining({ code: "forbidden" });
    await expect(reveal(codeId, testActor("viewer"))).rejects.toEqual(refusal);
    expect(await trail()).toEqual([]);
  });

  it("a withheld code, even to an admin", async () => {
    const codeId = await storedCode("one", "one", true);
    const refusal = expect.objectContaining({ code: "forbidden" });
    await expect(reveal(codeId, testActor("admin"))).rejects.toEqual(refusal);
    expect(await trail()).toEqual([]);
  });

  it("a code that is withheld while somebody reveals it", async () => {
    const codeId = await storedCode("one");
    const reading = await db.$transaction(async (tx) => {
      await tx.$executeRaw`update codes set withheld = true where id = ${codeId}::uuid`;
      const pending = reveal(codeId);
      pending.catch(() => undefined);
      await vi.waitFor(async () => {
        const waiting = await db.$queryRaw<unknown[]>`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        expect(waiting).toHaveLength(1);
      });
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
    const sealer = createSealer([{ id: "t2", key: randomBytes(32) }]);
    await expect(revealCode({ ...ctx, sealer }, operator, codeId, REQUEST)).rejects.toThrow(
      "key t1",
    );
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

  it("waits for the entry before it answers", async () => {
    const codeId = await storedCode("one");
    let answered = false;
    const answer = await db.$transaction(async (tx) => {
      await tx.$executeRaw`lock table audit_entries in exclusive mode`;
      const pending = reveal(codeId).finally(() => {
        answered = true;
      });
      await vi.waitFor(async () => {
        const waiting = await db.$queryRaw<unknown[]>`
          select 1 from pg_locks where relation = 'audit_entries'::regclass and not granted`;
        expect(waiting).toHaveLength(1);
      });
      expect(answered).toBe(false);
      // Handed out wrapped, or the transaction would wait for it.
      return { pending };
    });
    expect(await answer.pending).toMatchObject({ value: "one" });
    expect(await trail()).toHaveLength(1);
  });
});
