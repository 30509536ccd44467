import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { supplierOrder } from "#lib/orders/observations.fixture.ts";
import { expectDueIn } from "#lib/platform/expect-due-in.fixture.ts";
import { markForeign } from "#lib/reconcile/mark-foreign.ts";
import { createOrder, testActor, testSealer } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { bytesOf, pushingContext, REQUEST, type Said, sign } from "./inbound.fixture.ts";
import { FAILED_AGAIN_MS, MOST_TRIES, UNMATCHED_AGAIN_MS } from "./inbox-policy.ts";
import { receiveMessage } from "./receive-message.ts";
import { replayMessage, replayMessages } from "./replay-message.ts";
import { setAsideMessage, setAsideMessages } from "./set-aside-message.ts";
import { workOnInbox } from "./work-on-inbox.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
let asked = 0;
const ctx = await pushingContext(db, {
  supplier: {
    getBalances: async () => {
      asked += 1;
      const amounts = { available: "9", reserved: "0", pending: "0" };
      return { kind: "accepted", value: [{ currency: "USD", ...amounts }] };
    },
  },
});
const supplierId = ctx.account.id;
const admin = testActor("admin");
const CODE = "KH-CODE-1234-5678";

beforeEach(async () => {
  asked = 0;
  await db.inboxMessage.deleteMany();
  await db.systemSignal.deleteMany();
});

const tell = async (said: Said | string, by = ctx) => {
  const raw = bytesOf(said);
  expect((await receiveMessage(by, ctx.account.slug, raw, sign(raw))).kind).toBe("stored");
};
const work = (by = ctx) => workOnInbox(by);
const messages = () => db.inboxMessage.findMany({ orderBy: { id: "asc" } });
const only = async () => {
  const [message, ...others] = await messages();
  expect(others).toEqual([]);
  return message ?? expect.fail("there is no message");
};
const fallDue = () =>
  db.$executeRaw`update inbox_messages set next_at = now() - interval '1 second' where next_at is not null`;
const signals = async () =>
  (await db.systemSignal.findMany({ where: { clearedAt: null }, orderBy: { key: "asc" } })).map(
    ({ key, subject, data }) => ({ key, subject, data }),
  );
const anOrder = (facts: Parameters<typeof createOrder>[2] = {}) =>
  createOrder(db, supplierId, { nextPollAt: new Date(Date.now() + 3_600_000), ...facts });

describe("news of an order", () => {
  it("told in full is recorded, its codes too, and once however often it is worked on", async () => {
    const { order } = await anOrder();
    const completed = supplierOrder("completed", {
      supplierOrderId: order.supplierOrderId ?? "",
      items: [
        {
          ...{ productId: "product_x", quantity: 1, note: null, error: null },
          codes: [{ position: 0, value: CODE, raw: CODE }],
        },
      ],
    });
    await tell({ event: "order.fulfilled", id: "evt_1", reference: order.id, order: completed });
    await work();
    const message = await only();
    expect(message).toMatchObject({ state: "done", orderId: order.id, tries: 1, nextAt: null });
    const told = () => db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect((await told()).status).toBe("completed");
    expect(await db.code.count({ where: { orderId: order.id } })).toBe(1);
    expect(await replayMessage(ctx, admin, { id: message.id, reason: "To see." }, REQUEST)).toEqual(
      { kind: "done" },
    );
    await work();
    expect(await only()).toMatchObject({ state: "done", tries: 1 });
    expect(await db.code.count({ where: { orderId: order.id } })).toBe(1);
    expect(
      await db.outboundEvent.count({ where: { orderId: order.id, type: "order.completed" } }),
    ).toBe(1);
  });

  it("that only hints has the order looked at, at once", async () => {
    const { order } = await anOrder();
    await tell({ event: "order.status", order_id: order.supplierOrderId ?? "" });
    await work();
    expect(await only()).toMatchObject({ state: "done", orderId: order.id });
    const { nextPollAt, status } = await db.order.findUniqueOrThrow({ where: { id: order.id } });
    expect(status).toBe("processing");
    expect(nextPollAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("in a burst, doubled and out of order, comes to the same, by two workers at once", async () => {
    const orders = await Promise.all(Array.from({ length: 40 }, () => anOrder()));
    const all = orders.flatMap(({ order }) => {
      const supplierOrderId = order.supplierOrderId ?? "";
      const said = (event: string, state: "processing" | "completed" | "refunded"): Said => ({
        ...{ event, id: `${event} ${order.id}`, reference: order.id },
        order: supplierOrder(state, { supplierOrderId }),
      });
      return [
        said("order.refunded", "refunded"),
        said("order.fulfilled", "completed"),
        said("order.created", "processing"),
      ];
    });
    for (const said of all) await tell(said);
    await Promise.all([work(), work()]);
    const states = (await messages()).map(({ state, tries }) => `${state} ${tries}`);
    expect(new Set(states)).toEqual(new Set(["done 1"]));
    const found = await db.order.findMany({
      where: { id: { in: orders.map(({ order }) => order.id) } },
    });
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(["refunded"]));
  });
});

describe("what isn't about an order", () => {
  it("has the balance asked for, or is ignored", async () => {
    await tell({ event: "balance.low", id: "evt_1", currency: "USD" });
    await tell({ event: "test", id: "evt_2" });
    await work();
    expect((await messages()).map(({ state }) => state)).toEqual(["done", "ignored"]);
    expect(asked).toBe(1);
  });

  it("passes a low balance on where nothing here could tell, once until that is dealt with", async () => {
    const told = () =>
      db.systemSignal.findMany({ where: { key: "balance_told_low", clearedAt: null } });
    await db.balanceLine.create({ data: { supplierId, currency: "USD", lowAt: "5", okAt: "5" } });
    await tell({ event: "balance.low", id: "evt_1", currency: "USD" });
    await work();
    expect(await told()).toEqual([]);
    // Asked for, but there is no line of ours for this currency.
    await tell({ event: "balance.low", id: "evt_2", currency: "EUR" });
    await work();
    const [first] = await told();
    expect(first).toMatchObject({ subject: supplierId, data: { currency: "EUR" } });

    // Not even that: there is no balance to be asked for.
    await db.systemSignal.deleteMany();
    asked = 0;
    const by = await pushingContext(db, { traits: { balance: "none" } });
    for (const id of ["evt_3", "evt_4"]) {
      await tell({ event: "balance.low", id, currency: "USD", available: "12.50" }, by);
      await work(by);
    }
    expect(await told()).toMatchObject([{ data: { currency: "USD", available: "12.5" } }]);
    expect(asked).toBe(0);
    expect((await messages()).map(({ state }) => state)).toEqual(["done", "done", "done", "done"]);
  });
});

describe("an order that nobody knows", () => {
  it("is looked for again, and then somebody is told, until it is dealt with", async () => {
    await tell({ event: "order.created", reference: "7", order_id: "nobody's" });
    for (const againInMs of UNMATCHED_AGAIN_MS) {
      await fallDue();
      const since = Date.now();
      await work();
      const message = await only();
      expect(message).toMatchObject({ state: "unmatched", problem: "unknown_order" });
      expectDueIn(message.nextAt, againInMs, since);
      expect(await signals()).toEqual([]);
    }
    await fallDue();
    await work();
    expect(await only()).toMatchObject({ state: "unmatched", nextAt: null });
    const told = {
      key: "inbox_unmatched",
      subject: supplierId,
      data: { count: 1, slug: expect.any(String) },
    };
    expect(await signals()).toEqual([told]);
    // It stays.
    await work();
    const { id } = await only();
    await replayMessage(ctx, admin, { id, reason: "Once more." }, REQUEST);
    expect(await signals()).toEqual([]);
    expect(await only()).toMatchObject({ state: "waiting", tries: 0, problem: null });
    await work();
    const setAside = { id, reason: "Ordered by hand." };
    expect(await setAsideMessage(ctx, admin, setAside, REQUEST)).toEqual({ kind: "done" });
    expect(await only()).toMatchObject({ state: "ignored", nextAt: null });
    expect(await setAsideMessage(ctx, admin, setAside, REQUEST)).toEqual({ kind: "not_now" });
    const audited = await db.auditEntry.findMany({
      where: { objectId: id },
      orderBy: { seq: "asc" },
    });
    expect(audited.map(({ action, reason }) => [action, reason])).toEqual([
      ["inbox.replayed", "Once more."],
      ["inbox.set_aside", "Ordered by hand."],
    ]);
  });

  it("nor, where a refund is told alone, does a look show it, is tried again, and then told of", async () => {
    const { order } = await anOrder();
    await tell({
      event: "order.refunded",
      order_id: order.supplierOrderId ?? "",
      isRefund: true,
    });
    await work();
    const trouble = { problem: "refund_unseen", orderId: order.id };
    expect(await only()).toMatchObject({ ...trouble, state: "waiting" });
    expect((await db.order.findUniqueOrThrow({ where: { id: order.id } })).nextPollAt).toEqual(
      expect.any(Date),
    );
    for (const _ of FAILED_AGAIN_MS) {
      await fallDue();
      await work();
    }
    expect(await only()).toMatchObject({ ...trouble, state: "failed" });
    expect(await signals()).toMatchObject([{ key: "inbox_unreadable", subject: supplierId }]);
    await db.order.update({
      where: { id: order.id },
      data: { status: "refunded", nextPollAt: null, finishedAt: new Date() },
    });
    await replayMessage(ctx, admin, { id: (await only()).id, reason: "It shows." }, REQUEST);
    await work();
    expect(await only()).toMatchObject({ state: "done", orderId: order.id });
  });

  it("is found once it is known", async () => {
    await tell({ event: "order.status", order_id: "late_1" });
    await work();
    expect((await only()).state).toBe("unmatched");
    const { order } = await anOrder({ supplierOrderId: "late_1" });
    await fallDue();
    await work();
    expect(await only()).toMatchObject({ state: "done", orderId: order.id, problem: null });
  });

  it("named by nothing isn't looked for", async () => {
    await tell({ event: "order.created" });
    await work();
    expect(await only()).toMatchObject({ problem: "no_order_named", nextAt: null });
    expect(await signals()).toHaveLength(1);
  });

  it("or is known to be somebody else's, is nobody's trouble", async () => {
    for (const attribution of ["foreign", "predates"]) {
      await db.inboxMessage.deleteMany();
      const at = new Date();
      const supplierOrderId = `theirs_${attribution}`;
      await db.supplierOrder.create({
        data: {
          ...{ supplierId, supplierOrderId, state: "processing", word: "processing", items: [] },
          attribution,
          ...{ firstSeenAt: at, lastSeenAt: at, attributedAt: at, attributedBy: "job" },
        },
      });
      await tell({ event: "order.status", order_id: `THEIRS_${attribution}` });
      await work();
      expect(await only()).toMatchObject({ state: "ignored", problem: null, nextAt: null });
    }
    expect(await signals()).toEqual([]);
  });

  it("and said to be somebody else's afterwards is no trouble any more, and nothing to replay", async () => {
    const at = new Date();
    const theirs = { supplierId, supplierOrderId: "theirs_later", word: "processing", items: [] };
    await db.supplierOrder.create({
      data: { ...theirs, state: "processing", firstSeenAt: at, lastSeenAt: at },
    });
    await tell({ event: "order.status", order_id: "theirs_later" });
    await db.inboxMessage.updateMany({ data: { tries: UNMATCHED_AGAIN_MS.length } });
    await work();
    expect(await only()).toMatchObject({ state: "unmatched", nextAt: null });
    expect(await signals()).toHaveLength(1);
    const { supplierOrderId } = theirs;
    await markForeign(ctx, admin, { supplierId, supplierOrderId, reason: "Another shop" }, REQUEST);
    await work();
    expect(await only()).toMatchObject({ state: "ignored", nextAt: null });
    expect(await signals()).toEqual([]);
  });

  it("that is named by one's reference and another's id changes neither", async () => {
    const [one, other] = await Promise.all([anOrder(), anOrder()]);
    const order = supplierOrder("completed", {
      supplierOrderId: other.order.supplierOrderId ?? "",
    });
    await tell({ event: "order.fulfilled", reference: one.order.id, order });
    await work();
    expect(await only()).toMatchObject({ state: "unmatched", problem: "two_orders", nextAt: null });
    const found = await db.order.findMany({
      where: { id: { in: [one.order.id, other.order.id] } },
    });
    expect(found.map(({ status }) => status)).toEqual(["processing", "processing"]);
  });
});

describe("what can't be done", () => {
  it("because nobody can read it is kept, and told of", async () => {
    await tell("<html>");
    await tell({ event: "crash", codes: [CODE] });
    await work();
    const all = await messages();
    expect(all.map(({ state, nextAt }) => [state, nextAt])).toEqual([
      ["unreadable", null],
      ["unreadable", null],
    ]);
    expect(JSON.stringify(all)).not.toContain("KH-CODE");
    const told = {
      key: "inbox_unreadable",
      subject: supplierId,
      data: { count: 2, slug: expect.any(String) },
    };
    expect(await signals()).toEqual([told]);
  });

  it("for want of a key or of the account is tried again, seven times in all", async () => {
    await tell({ event: "test", id: "evt_1" });
    const lacking = { ...ctx, sealer: testSealer("another") };
    for (const againInMs of FAILED_AGAIN_MS) {
      await fallDue();
      const since = Date.now();
      await work(lacking);
      const message = await only();
      expect(message).toMatchObject({ state: "waiting", problem: "sealed" });
      expectDueIn(message.nextAt, againInMs, since);
    }
    expect(await signals()).toEqual([]);
    await fallDue();
    await work(lacking);
    expect(await only()).toMatchObject({ state: "failed", tries: MOST_TRIES, nextAt: null });
    expect((await signals())[0]?.key).toBe("inbox_unreadable");
    await replayMessage(ctx, admin, { id: (await only()).id, reason: "The key is back." }, REQUEST);
    await work();
    expect(await only()).toMatchObject({ state: "ignored", tries: 1, problem: null });
  });

  it("because it ends whoever works on it is given up", async () => {
    await tell({ event: "test", id: "evt_1" });
    await db.$executeRaw`update inbox_messages set tries = ${MOST_TRIES}`;
    await work();
    expect(await only()).toMatchObject({ state: "failed" });
  });

  it("now, since its worker died, is done by another once the lease is over", async () => {
    await tell({ event: "test", id: "evt_1" });
    const held = ctx.newId();
    await db.$executeRaw`
      update inbox_messages set lease_token = ${held}::uuid, lease_until = now() + interval '1 minute',
        next_at = now() + interval '1 minute', tries = 1`;
    await work();
    expect((await only()).state).toBe("waiting");
    await fallDue();
    await work();
    expect(await only()).toMatchObject({ state: "ignored", tries: 2, leaseToken: null });
  });

  it("any more in a process that stops is given back, and doesn't count as a try", async () => {
    await tell({ event: "test", id: "evt_1" });
    await work({ ...ctx, stop: AbortSignal.abort() });
    expect(await only()).toMatchObject({ state: "waiting", tries: 0, leaseToken: null });
    await work();
    expect((await only()).state).toBe("ignored");
  });
});

describe("to replay and to set aside", () => {
  it("takes the permission, a reason and a message that is there, in a state for it", async () => {
    await tell({ event: "order.created" });
    const { id } = await only();
    const asks = (actor = admin, asked: Partial<{ id: string; reason: string }> = {}) =>
      replayMessage(ctx, actor, { id, reason: "Because.", ...asked }, REQUEST);
    expect(await asks()).toEqual({ kind: "not_now" });
    await work();
    for (const role of ["operator", "viewer"] as const) {
      await expect(asks(testActor(role))).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(asks(admin, { reason: " " })).rejects.toMatchObject({ code: "invalid" });
    for (const none of ["x", ctx.newId()]) {
      await expect(asks(admin, { id: none })).rejects.toMatchObject({ code: "not_found" });
    }
    const both = await Promise.all([asks(), asks()]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["done", "not_now"]);
  });
});

describe("many messages in trouble", () => {
  const DEAL = {
    matching: {},
    seenAt: "2099-01-01T00:00:00.000Z",
    reason: "The supplier was wrong.",
  };
  /** One that stays unmatched, and one that can't be read. */
  async function troubles() {
    await tell({ event: "order.created", id: "evt_1" });
    await tell("no json at all");
    await tell({ event: "order.created", id: "evt_2" });
    await work();
    const all = await messages();
    expect(all.map(({ state }) => state)).toEqual(["unmatched", "unreadable", "unmatched"]);
    return all.map(({ id }) => id);
  }
  const states = async () => (await messages()).map(({ state }) => state);

  it("are worked on again, or set aside, as far as they match and were seen", async () => {
    const [first = "", second = "", third = ""] = await troubles();
    expect(await signals()).toHaveLength(2);
    const unmatched = { ...DEAL, matching: { states: ["unmatched" as const] } };
    const again = await replayMessages(ctx, admin, { ...unmatched, upTo: second }, REQUEST);
    expect(again).toEqual({ done: 1, left: 0 });
    expect(await states()).toEqual(["waiting", "unreadable", "unmatched"]);
    await work();
    const aside = await setAsideMessages(ctx, admin, { ...DEAL, upTo: third }, REQUEST);
    expect(aside).toEqual({ done: 3, left: 0 });
    expect(await states()).toEqual(["ignored", "ignored", "ignored"]);
    expect(await signals()).toEqual([]);
    const audited = await db.auditEntry.findMany({
      where: { objectId: { in: [first, second, third] } },
      orderBy: { seq: "asc" },
    });
    expect(audited.map(({ action, objectId }) => [action, objectId])).toEqual([
      ["inbox.replayed", first],
      ...[first, second, third].map((id) => ["inbox.set_aside", id]),
    ]);
    expect(audited[3]).toMatchObject({ reason: DEAL.reason, details: { was: "unmatched" } });
  });

  it("of another account or order, or in somebody's hands, are left", async () => {
    const [first = "", , third = ""] = await troubles();
    for (const matching of [
      { slug: "another" },
      { orderId: first },
      { states: ["done" as const] },
    ]) {
      const asked = { ...DEAL, matching, upTo: third };
      expect(await setAsideMessages(ctx, admin, asked, REQUEST)).toEqual({ done: 0, left: 0 });
    }
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`select from inbox_messages where id = ${first}::uuid for no key update`;
      const asked = { ...DEAL, upTo: third };
      expect(await setAsideMessages(ctx, admin, asked, REQUEST)).toEqual({ done: 2, left: 1 });
    });
  });

  it("that came into trouble since they were read, or are tried again by themselves, are left", async () => {
    const [, , upTo = ""] = await troubles();
    await db.$executeRaw`
      update inbox_messages set next_at = now() + interval '1 minute' where id = ${upTo}::uuid`;
    const settled = await db.inboxMessage.findFirst({ orderBy: { settledAt: "asc" } });
    const before = new Date((settled?.settledAt?.getTime() ?? 0) - 60_000).toISOString();
    const early = { ...DEAL, upTo, seenAt: before };
    expect(await setAsideMessages(ctx, admin, early, REQUEST)).toEqual({ done: 0, left: 0 });
    const asked = { ...DEAL, upTo };
    expect(await setAsideMessages(ctx, admin, asked, REQUEST)).toEqual({ done: 2, left: 0 });
    expect(await states()).toEqual(["ignored", "ignored", "unmatched"]);
  });

  it("are dealt with by whoever manages suppliers, with a reason", async () => {
    const [, , upTo = ""] = await troubles();
    const asked = { ...DEAL, upTo };
    for (const role of ["lead", "operator", "viewer"] as const) {
      const refused = replayMessages(ctx, testActor(role), asked, REQUEST);
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
    }
    for (const wrong of [
      { ...asked, reason: " " },
      { ...asked, upTo: "the newest" },
      { ...asked, seenAt: "just now" },
    ]) {
      const refused = setAsideMessages(ctx, admin, wrong, REQUEST);
      await expect(refused).rejects.toMatchObject({ code: "invalid" });
    }
    expect(await states()).toEqual(["unmatched", "unreadable", "unmatched"]);
  });
});
