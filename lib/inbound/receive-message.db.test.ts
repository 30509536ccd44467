import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createAccounts } from "#lib/suppliers/account.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { bytesOf, inboundOf, pushingContext, type Said, SECRET, sign } from "./inbound.fixture.ts";
import { MOST_BYTES } from "./inbox-policy.ts";
import { receiveMessage } from "./receive-message.ts";
import { openMessage } from "./sealed-inbox.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await pushingContext(db);
const { slug } = ctx.account;

beforeEach(() => db.inboxMessage.deleteMany());

const CODE = "KH-CODE-1234-5678";
const full: Said = { event: "order.fulfilled", id: "evt_1", reference: "r", codes: [CODE] };
const tell = (said: Said | string, headers?: Headers, to = slug, by = ctx) => {
  const raw = bytesOf(said);
  return receiveMessage(by, to, raw, headers ?? sign(raw));
};
const stored = () => db.inboxMessage.findMany({ orderBy: { id: "asc" } });

describe("a genuine message", () => {
  it("is stored once, sealed, byte by byte, before it is answered", async () => {
    // Odd whitespace, other scripts, and a byte that is no UTF-8.
    const raw = Buffer.concat([
      Buffer.from(`{ "event":"order.fulfilled",\r\n\t"name": "बिजली 😀", "codes":["${CODE}"] } \n`),
      Buffer.from([0xff, 0x00]),
    ]);
    expect(await receiveMessage(ctx, slug, raw, sign(raw))).toEqual({ kind: "stored" });
    const [message] = await stored();
    expect(message).toMatchObject({
      ...{ state: "waiting", via: "webhook", scheme: "hmac_sha256", bytes: raw.length, repeats: 0 },
      event: null,
    });
    expect(message?.nextAt).not.toBeNull();
    expect(JSON.stringify(message)).not.toContain("KH-CODE");
    const opened = await openMessage(ctx.sealer, message?.id ?? "", message?.sealed ?? "");
    expect(opened.equals(raw)).toBe(true);
  });

  it("told again is counted, not stored again, however often at once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => tell(full)));
    expect(answers.filter(({ kind }) => kind === "stored")).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === "repeated")).toHaveLength(19);
    const all = await stored();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ repeats: 19, event: "order.fulfilled" });
  });

  it("of the same order that says something else is another", async () => {
    const at = "2026-11-22T08:00:00Z";
    const order = { reference: "r", order_id: "s", at };
    await tell({ ...order, event: "order.fulfilled", status: "completed" });
    await tell({ ...order, event: "order.refunded", status: "refunded" });
    // The id of the event may be the order's, where an account is set up so.
    await tell({ ...order, id: "r", event: "order.fulfilled", status: "completed" });
    await tell({ ...order, id: "r", event: "order.refunded", status: "refunded" });
    expect(await stored()).toHaveLength(4);
  });

  it("that may say something new each time is worked on each time, but not all the time", async () => {
    const hint: Said = { event: "order.status", order_id: "s" };
    await tell(hint);
    const settle = (ago: string) =>
      db.$executeRawUnsafe(`update inbox_messages set state = 'done', next_at = null, tries = 1,
        settled_at = now() - interval '${ago}'`);
    await settle("1 second");
    expect(await tell(hint)).toEqual({ kind: "repeated" });
    expect(await stored()).toMatchObject([{ state: "done", repeats: 1 }]);
    await settle("1 minute");
    expect(await tell(hint)).toEqual({ kind: "repeated" });
    expect(await stored()).toMatchObject([{ state: "waiting", repeats: 2, tries: 0 }]);
    // One that names its event says nothing new.
    await db.inboxMessage.deleteMany();
    await tell({ ...hint, id: "evt_1" });
    await settle("1 minute");
    await tell({ ...hint, id: "evt_1" });
    expect(await stored()).toMatchObject([{ state: "done", repeats: 1 }]);
  });

  it("that can't be read is stored all the same, also where the adapter throws", async () => {
    expect(await tell("<html>")).toEqual({ kind: "stored" });
    expect(await tell({ event: "crash", codes: [CODE] })).toEqual({ kind: "stored" });
    expect(await tell("")).toEqual({ kind: "stored" });
    expect(await stored()).toHaveLength(3);
  });

  it("may have ids of any length and letters", async () => {
    const id = `${"ü\u0000".repeat(10_000)}`;
    expect(await tell({ ...full, id, event: `a\u0000b${"c".repeat(500)}` })).toEqual({
      kind: "stored",
    });
    const [message] = await stored();
    expect(message?.event).toMatch(/^a bc{197}$/);
  });
});

describe("what isn't", () => {
  it("is refused and leaves nothing", async () => {
    const raw = bytesOf(full);
    const refused = (why: string) => ({ kind: "refused", why });
    expect(await tell(full, new Headers())).toEqual(refused("unsigned"));
    expect(await tell(full, sign(raw, "another"))).toEqual(refused("bad_signature"));
    expect(await tell(full, sign(bytesOf({ ...full, id: "evt_2" })))).toEqual(
      refused("bad_signature"),
    );
    expect(await tell(full, sign(raw), "nobody")).toEqual({ kind: "unknown_supplier" });
    expect(await stored()).toEqual([]);
  });

  it("is whatever comes for an account that takes no messages, or has no secret", async () => {
    for (const inbound of [null, inboundOf(), inboundOf("")]) {
      const by = await pushingContext(db, { account: { inbound } });
      expect(await tell(full, undefined, slug, by)).toEqual({ kind: "refused", why: "no_secret" });
    }
    expect(await stored()).toEqual([]);
  });

  it("is noted, as often as somebody should know, and no oftener", async () => {
    let now = new Date("2026-11-21T10:00:00Z");
    const at = await pushingContext(db, { account: { inbound: inboundOf("another") } });
    const by = { ...at, now: () => now };
    const refusals = async () => {
      const { pushRefusals, pushRefusedAt, pushRefusedWhy } = await db.supplier.findUniqueOrThrow({
        where: { id: by.account.id },
      });
      return { pushRefusals, pushRefusedAt, pushRefusedWhy };
    };
    const later = async (ms: number, times = 1) => {
      now = new Date(now.getTime() + ms);
      for (let count = 0; count < times; count++) await tell(full, undefined, slug, by);
      return refusals();
    };
    const noted = (pushRefusals: number) => ({
      ...{ pushRefusals, pushRefusedAt: now, pushRefusedWhy: "bad_signature" },
    });
    await db.supplier.updateMany({ data: { pushRefusedAt: null, pushRefusals: 0 } });
    expect(await later(0, 20)).toEqual(noted(1));
    expect(await later(5_000)).toEqual(noted(2));
    expect(await later(5_000)).toEqual(noted(3));
    expect(await later(24 * 60 * 60_000)).toEqual(noted(1));
    expect(await tell(full, undefined, slug, { ...by, db: null as unknown as typeof db })).toEqual({
      ...{ kind: "refused", why: "bad_signature" },
    });
  });

  it("may be too large, which is found out before anything else", async () => {
    const raw = Buffer.alloc(MOST_BYTES + 1, " ");
    expect(await receiveMessage(ctx, slug, raw, sign(raw))).toEqual({ kind: "too_large" });
    const most = Buffer.alloc(MOST_BYTES, " ");
    expect(await receiveMessage(ctx, slug, most, sign(most))).toEqual({ kind: "stored" });
  });
});

describe("what this process knows of the accounts", () => {
  const raw = bytesOf(full);
  const { account } = ctx;
  const notConnected = [{ ...account, why: "secret_locked" as const }];

  it("is read again before anybody is refused", async () => {
    let now = { ...account, inbound: inboundOf("an older one") };
    let ticks = 0;
    const suppliers = createAccounts([now], {
      ticks: () => Date.now() + 60_000 * ticks++,
      read: async () => ({ accounts: [now], notConnected: [] }),
    });
    const by = { ...ctx, suppliers };
    expect((await tell(full, sign(raw), slug, by)).kind).toBe("refused");
    now = { ...account, inbound: inboundOf(SECRET) };
    expect((await tell(full, sign(raw), slug, by)).kind).toBe("stored");
    // And one that was replaced at once counts no more.
    now = { ...account, inbound: inboundOf("a newer one") };
    expect((await tell(full, sign(raw), slug, by)).kind).toBe("refused");
  });

  it("tells an account that can't be connected from none: it is to be told again", async () => {
    const suppliers = createAccounts([], { notConnected });
    const by = { ...ctx, suppliers };
    expect(await tell(full, sign(raw), slug, by)).toEqual({ kind: "not_connected" });
    expect(await tell(full, sign(raw), "nobody", by)).toEqual({ kind: "unknown_supplier" });
  });
});
