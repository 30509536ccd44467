import { afterAll, describe, expect, it, vi } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import { listen, type Topic } from "#lib/platform/notify.ts";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { handOutCodes } from "./hand-out-codes.ts";
import { releaseCodes } from "./release-codes.ts";
import {
  LINKED_AN_HOUR,
  LINKED_UNUSUAL,
  REVEALS_AN_HOUR,
  REVEALS_UNUSUAL,
} from "./reveal-limits.ts";
import type { HandOutInput } from "./schema.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";
import { actionsOf, codeOf, REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";

const { db, drop, url } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const handOut = (input: HandOutInput, actor = testActor("operator")) =>
  handOutCodes(ctx, actor, input, REQUEST);
/** Each a person of his own, with an hour of his own. */
const somebody = () =>
  ({ ...testActor("operator"), id: ctx.newId() }) as ReturnType<typeof testActor>;
const customer = { customerRef: "shop-1", way: "link" } as const;
const reason = "no e-mail: handed over at the counter";

describe("handOutCodes", () => {
  it("gives the next code of a product, and shows it", async () => {
    const stock = await stockOf(ctx, ["XK7P-22QD-MM41", "XK7P-22QD-MM42"], {
      raw: (code) => ({ code, pin: "4711" }),
    });
    const answer = await handOut({
      ...customer,
      way: "slip",
      stockProductId: stock.stockProductId,
      quantity: 1,
      note: "by phone",
      reason,
    });
    expect(answer).toMatchObject({
      kind: "handed_out",
      codes: [
        {
          id: stock.first,
          mask: "•••• MM41",
          plain: { value: "XK7P-22QD-MM41", parts: { code: "XK7P-22QD-MM41", pin: "4711" } },
        },
      ],
    });
    expect(answer).not.toHaveProperty("link");
    const handOutId = answer.kind === "handed_out" ? answer.handOutId : "";
    expect(await codeOf(db, stock.first)).toMatchObject({
      state: "handed_out",
      stateChangedAt: ctx.now(),
      customerRef: "shop-1",
      handOutId,
      revealedAt: ctx.now(),
    });
    expect(await db.handOut.findUnique({ where: { id: handOutId } })).toMatchObject({
      customerRef: "shop-1",
      way: "slip",
      note: "by phone",
      actorName: "Asha Rao",
    });
    expect(await trailOf(db, stock.first)).toMatchObject([
      {
        action: "code.handed_out",
        details: { handOutId, way: "slip", customerRef: "shop-1", orderId: stock.orderId },
        address: REQUEST.address,
      },
      { action: "code.revealed", reason, details: { handOutId, item: 0, position: 0 } },
    ]);
    expect(JSON.stringify(await db.auditEntry.findMany({}), plainBigInts)).not.toContain("XK7P");
  });

  it("gives a link instead of the codes, and shows nobody anything", async () => {
    const { stockProductId, ids } = await stockOf(ctx, ["one", "two", "three"]);
    const answer = await handOut({ ...customer, stockProductId, quantity: 2, pin: "4711" });
    expect(answer).toMatchObject({
      kind: "handed_out",
      codes: [
        { id: ids[0], mask: "••••" },
        { id: ids[1], mask: "••••" },
      ],
      link: { secret: expect.stringMatching(/^[\w-]{43}$/), expiresAt: expect.any(Date) },
    });
    expect(JSON.stringify(answer)).not.toMatch(/plain|one|two/);
    expect((await codeOf(db, ids[0] ?? "")).revealedAt).toBeNull();
    expect(await actionsOf(db, ids[0] ?? "")).toEqual(["code.handed_out"]);
    const [link] = await db.claimLink.findMany({ where: { handOut: { customerRef: "shop-1" } } });
    expect(link?.pinHash).toMatch(/^\$argon2id/);
  });

  it("takes what expires first, then the oldest; never what is over, mock or somebody's", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const days = (count: number) => new Date(ctx.now().getTime() + count * 86_400_000);
    const add = async (facts: object) =>
      (await createCodes(db, 1, { stockProductId, ...facts }))[0];
    const old = await add({});
    const young = await add({});
    await add({ isMock: true });
    await add({ state: "reserved", customerRef: "shop-1" });
    await add({ state: "withheld" });
    await add({ expiresAt: days(-1) });
    await add({ expiresAt: ctx.now() });
    // Somebody has seen it: it may be with a customer already.
    await add({ revealedAt: ctx.now() });
    const late = await add({ expiresAt: days(90) });
    const soon = await add({ expiresAt: days(2) });
    const given: (string | undefined)[] = [];
    for (let n = 0; n < 4; n++) {
      const answer = await handOut({ ...customer, stockProductId, quantity: 1 });
      given.push(answer.kind === "handed_out" ? answer.codes[0]?.id : undefined);
    }
    expect(given).toEqual([soon, late, old, young]);
    expect(await handOut({ ...customer, stockProductId, quantity: 1 })).toEqual({
      kind: "out_of_stock",
      available: 0,
    });
  });

  it("gives all or nothing", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const ids = await createCodes(db, 3, { stockProductId });
    expect(await handOut({ ...customer, stockProductId, quantity: 4 })).toEqual({
      kind: "out_of_stock",
      available: 3,
    });
    expect(await db.code.count({ where: { id: { in: ids }, state: "available" } })).toBe(3);
    expect(await actionsOf(db, ids[0] ?? "")).toEqual([]);
  });

  it("gives what was reserved for the customer, and to nobody else", async () => {
    const { ids, orderId } = await stockOf(ctx, ["one", "two"], { customerRef: "shop-1" });
    expect(await handOut({ ...customer, customerRef: "shop-2", codeIds: ids })).toEqual({
      kind: "out_of_stock",
      available: 0,
    });
    expect(await handOut({ ...customer, customerRef: "shop-2", orderId })).toEqual({
      kind: "out_of_stock",
      available: 0,
    });
    expect(await handOut({ ...customer, codeIds: ids })).toMatchObject({ kind: "handed_out" });
    expect(await handOut({ ...customer, codeIds: ids })).toEqual({
      kind: "out_of_stock",
      available: 0,
    });
  });

  it("gives what came with an order: all, or as many as are asked for", async () => {
    const { ids, orderId } = await stockOf(ctx, ["one", "two", "three"], { customerRef: "shop-1" });
    const first = await handOut({ ...customer, orderId, quantity: 1 });
    expect(first).toMatchObject({ codes: [{ id: ids[0] }] });
    const rest = await handOut({ ...customer, orderId });
    expect(rest).toMatchObject({ codes: [{ id: ids[1] }, { id: ids[2] }] });
    expect(await handOut({ ...customer, orderId })).toEqual({ kind: "out_of_stock", available: 0 });
  });

  it("gives mock codes by name only", async () => {
    const { ids, stockProductId } = await stockOf(ctx, ["one"], { isMock: true });
    expect(await handOut({ ...customer, stockProductId, quantity: 1 })).toMatchObject({
      kind: "out_of_stock",
    });
    expect(await handOut({ ...customer, codeIds: ids })).toMatchObject({ kind: "handed_out" });
  });

  it("gives nothing twice to a request that comes twice, also at once", async () => {
    const { stockProductId, ids } = await stockOf(ctx, ["one", "two", "three", "four"]);
    for (const whence of [{ stockProductId, quantity: 1 }, { codeIds: [ids[3] ?? ""] }]) {
      const handOutId = ctx.newId();
      const input = { ...customer, ...whence, handOutId };
      const answers = await Promise.all(Array.from({ length: 6 }, () => handOut(input)));
      answers.push(await handOut(input));
      expect(answers.filter(({ kind }) => kind === "handed_out")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "repeated")).toHaveLength(6);
      expect(await db.code.count({ where: { handOutId } })).toBe(1);
    }
    expect(await db.code.count({ where: { id: { in: ids }, state: "available" } })).toBe(2);
  });

  it("shows what it can when one doesn't open", async () => {
    const { ids, stockProductId } = await stockOf(ctx, ["one", "two"]);
    await db.$transaction([
      db.$executeRaw`set local session_replication_role = replica`,
      db.$executeRaw`update codes set sealed = 'v2|k|n|c|t' where id = ${ids[0]}::uuid`,
    ]);
    const quiet = { ...ctx, log: createLog("fatal", []) };
    const input = { ...customer, way: "reveal", reason, stockProductId, quantity: 2 } as const;
    const answer = await handOutCodes(quiet, testActor("operator"), input, REQUEST);
    expect(answer).toMatchObject({ codes: [{ plain: null }, { plain: { value: "two" } }] });
  });

  it("tells open pages", async () => {
    const { orderId, first } = await stockOf(ctx, ["one"]);
    const topics: Topic[] = [];
    const listener = listen(url, ctx.log, (topic) => topics.push(topic));
    await vi.waitFor(() => expect(topics).toEqual(["engine"]), { interval: 5, timeout: 15_000 });
    await handOut({ ...customer, codeIds: [first] });
    await vi.waitFor(
      () => expect(topics).toEqual(expect.arrayContaining(["codes", `order:${orderId}`])),
      { interval: 5, timeout: 15_000 },
    );
    await listener.close();
  });
});

describe("the codes of an order", () => {
  it("go to their customer first, and no more than asked for", async () => {
    const { orderId, ids } = await stockOf(ctx, ["one", "two", "three"], { customerRef: "shop-1" });
    await releaseCodes(
      ctx,
      testActor("operator"),
      { codeIds: ids.slice(0, 1), reason: "he needs two only" },
      REQUEST,
    );
    const answer = await handOut({ ...customer, orderId, quantity: 2 });
    expect(answer).toMatchObject({ codes: [{ id: ids[1] }, { id: ids[2] }] });
    expect((await codeOf(db, ids[0] ?? "")).state).toBe("available");
  });
});

describe("handOutCodes refuses", () => {
  it("whoever lacks the right, by any way", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    for (const way of ["reveal", "slip", "link"] as const) {
      const refused = handOut({ ...customer, way, reason, codeIds: [first] }, testActor("viewer"));
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
    }
    expect((await codeOf(db, first)).state).toBe("available");
  });

  it("whom nobody knows for sure any more: a link could be opened by whoever made it", async () => {
    const { ids } = await stockOf(ctx, ["one", "two"]);
    const actor = { ...testActor("operator"), provedAt: new Date(0) } as ReturnType<
      typeof testActor
    >;
    for (const way of ["reveal", "slip", "link"] as const) {
      const refused = handOut({ ...customer, way, reason, codeIds: ids }, actor);
      await expect(refused).rejects.toMatchObject({ code: "proof_needed" });
    }
    expect(await db.code.count({ where: { id: { in: ids }, state: "available" } })).toBe(2);
  });

  it("to give more by links than the hour allows, and tells others before", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    await createCodes(db, LINKED_AN_HOUR + 10, { stockProductId });
    const actor = somebody();
    const subject = actor.kind === "user" ? actor.id : "";
    const give = (quantity: number) => handOut({ ...customer, stockProductId, quantity }, actor);
    expect(await give(LINKED_UNUSUAL - 1)).toMatchObject({ kind: "handed_out" });
    expect(await db.systemSignal.count({ where: { subject } })).toBe(0);
    expect(await give(1)).toMatchObject({ kind: "handed_out" });
    expect(await db.systemSignal.findMany({ where: { subject } })).toMatchObject([
      { key: "reveals_unusual", data: { count: LINKED_UNUSUAL, linked: true } },
    ]);
    const left = LINKED_AN_HOUR - LINKED_UNUSUAL;
    expect(await give(left + 1)).toEqual({ kind: "capped", limit: LINKED_AN_HOUR, left });
    expect(await give(left)).toMatchObject({ kind: "handed_out" });
  });

  it("a note or a reason that has a code in it", async () => {
    const { ids } = await stockOf(ctx, ["XK7P-22QD-MM41", "XK7P-22QD-MM42"]);
    const telling = "gave (XK7P-22QD-MM42) by phone";
    for (const texts of [{ note: telling }, { way: "slip", reason: telling }] as const) {
      const refused = handOut({ ...customer, ...texts, codeIds: ids });
      await expect(refused).rejects.toMatchObject({ code: "invalid" });
    }
    expect(await db.handOut.count({ where: { note: telling } })).toBe(0);
    expect(await db.auditEntry.count({ where: { reason: telling } })).toBe(0);
  });

  it("to show codes for no reason", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    for (const way of ["reveal", "slip"] as const) {
      for (const none of [{}, { reason: " - " }]) {
        const refused = handOut({ ...customer, way, codeIds: [first], ...none });
        await expect(refused).rejects.toMatchObject({ code: "invalid" });
      }
    }
    expect((await codeOf(db, first)).state).toBe("available");
    expect(await handOut({ ...customer, codeIds: [first] })).toMatchObject({ kind: "handed_out" });
  });

  it("a link that can't be, and leaves nothing behind", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    const refused = handOut({ ...customer, codeIds: [first], pin: "12" });
    await expect(refused).rejects.toMatchObject({ code: "invalid" });
    expect(await codeOf(db, first)).toMatchObject({ state: "available", handOutId: null });
    expect(await actionsOf(db, first)).toEqual([]);
  });

  it("to show more than the hour allows, however they are asked for", async () => {
    const { stockProductId } = await stockOf(
      ctx,
      Array.from({ length: REVEALS_AN_HOUR + 40 }, (_, n) => `code ${n}`),
    );
    const actor = testActor("operator");
    const subject = actor.kind === "user" ? actor.id : "";
    const slip = (quantity: number) =>
      handOut({ ...customer, way: "slip", reason, stockProductId, quantity }, actor);
    expect(await slip(REVEALS_UNUSUAL - 1)).toMatchObject({ kind: "handed_out" });
    expect(await db.systemSignal.count({ where: { subject } })).toBe(0);
    const many = await Promise.all([slip(30), slip(30), slip(30)]);
    expect(many.map(({ kind }) => kind).sort()).toEqual(["capped", "capped", "handed_out"]);
    expect(await slip(12)).toEqual({ kind: "capped", limit: REVEALS_AN_HOUR, left: 11 });
    expect(await slip(11)).toMatchObject({ kind: "handed_out" });
    expect(await db.systemSignal.count({ where: { key: "reveals_unusual", subject } })).toBe(1);
    expect(await db.code.count({ where: { stockProductId, state: "available" } })).toBe(40);
  });

  it("to show anything without an audit entry", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    await db.$executeRaw`alter table audit_entries add constraint full_disk check (false) not valid`;
    try {
      const refused = handOut({ ...customer, way: "reveal", reason, codeIds: [first] });
      await expect(refused).rejects.toThrow("full_disk");
    } finally {
      await db.$executeRaw`alter table audit_entries drop constraint full_disk`;
    }
    expect(await codeOf(db, first)).toMatchObject({ state: "available", revealedAt: null });
  });

  it("a code of an order that fails just now", async () => {
    const { first } = await stockOf(ctx, ["one"]);
    const { asked } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`update codes set state = 'withheld' where id = ${first}::uuid`;
      const pending = handOut({ ...customer, codeIds: [first] });
      await vi.waitFor(
        async () => {
          const waiting = await db.$queryRaw<unknown[]>`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
          expect(waiting).toHaveLength(1);
        },
        { timeout: 15_000 },
      );
      return { asked: pending };
    });
    expect(await asked).toEqual({ kind: "out_of_stock", available: 0 });
  });
});

describe("many at once", () => {
  const ask = async (count: number, stockProductId: string, quantity = 1) => {
    const askers = Array.from({ length: count }, (_, n) =>
      handOut({ customerRef: `shop-${n}`, way: "link", stockProductId, quantity }, somebody()),
    );
    const answers = await Promise.all(askers);
    return {
      given: answers.flatMap((answer) =>
        answer.kind === "handed_out" ? answer.codes.map(({ id }) => id) : [],
      ),
      refused: answers.filter(({ kind }) => kind === "out_of_stock").length,
    };
  };

  it("50 for 40 codes: 40 different ones, 10 refusals, a hundred times", {
    timeout: 240_000,
  }, async () => {
    for (let round = 0; round < 100; round++) {
      const { id: stockProductId } = await createStockProduct(db);
      const ids = await createCodes(db, 40, { stockProductId });
      const { given, refused } = await ask(50, stockProductId);
      expect(given.sort()).toEqual(ids);
      expect(refused).toBe(10);
      const stored = await db.code.findMany({ where: { stockProductId } });
      expect(new Set(stored.map(({ handOutId }) => handOutId)).size).toBe(40);
      expect(new Set(stored.map(({ customerRef }) => customerRef)).size).toBe(40);
    }
  });

  it("several each: nobody is refused while there are enough", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 10; round++) {
      const { id: stockProductId } = await createStockProduct(db);
      const ids = await createCodes(db, 30, { stockProductId });
      const { given, refused } = await ask(12, stockProductId, 3);
      expect(given.sort()).toEqual(ids);
      expect(refused).toBe(2);
    }
  });
});

const plainBigInts = (_: string, value: unknown) =>
  typeof value === "bigint" ? Number(value) : value;
