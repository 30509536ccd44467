/** What holds for every decision of a person about an order, and what happens when two decide at once. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals, timelineKinds } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { adoptSupplierOrder } from "./adopt-supplier-order.ts";
import { declareNotCreated } from "./declare-not-created.ts";
import { giveUpOrder } from "./give-up-order.ts";
import { markForeign } from "./mark-foreign.ts";
import { type Account, openAccount, PLAIN, promised, REQUEST } from "./reconcile.fixture.ts";
import { reconcileGates } from "./reconcile-gates.ts";
import type { DecisionResult } from "./types.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
const ravi = testActor("admin");
const REASON = "The supplier's desk says so.";
let one: Account;
/** One order in doubt, whose supplier order exists or not. */
async function inDoubt(
  effect: "before" | "after",
  options: Parameters<typeof openAccount>[1] = {},
) {
  one = await openAccount(db, { account: { isExclusive: false }, ...options });
  const orderId = await one.lost(effect);
  await one.pass();
  return orderId;
}
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

type Facts = { reason?: string; picture?: string | null; supplierOrderId?: string };
type Verb = (orderId: string, facts?: Facts, by?: typeof asha) => Promise<DecisionResult>;

const adopt: Verb = async (orderId, facts = {}, by = asha) => {
  const {
    reason = REASON,
    picture = null,
    supplierOrderId = (await one.theirs())[0] ?? "x",
  } = facts;
  return adoptSupplierOrder(one.ctx, by, { orderId, supplierOrderId, reason, picture }, REQUEST);
};
const notCreated: Verb = (orderId, { reason = REASON, picture = null } = {}, by = asha) =>
  declareNotCreated(one.ctx, by, { orderId, reason, picture }, REQUEST);
const giveUp: Verb = (orderId, { reason = REASON, picture = null } = {}, by = asha) =>
  giveUpOrder(one.ctx, by, { orderId, reason, picture }, REQUEST);

const VERBS: [string, Verb, "before" | "after"][] = [
  ["adopt", adopt, "after"],
  ["not created", notCreated, "before"],
  ["give up", giveUp, "after"],
];

/** What came of a decision, in one word. */
const outcome = (decision: Promise<DecisionResult>): Promise<string> =>
  decision.then(
    ({ kind }) => kind,
    (error) => error.code ?? String(error),
  );

/**
 * The first decision stops right before its commit, until the second waits for it; both are of people
 * who saw the same. Answers what came of each.
 */
async function inTurn(
  first: () => Promise<DecisionResult>,
  second: () => Promise<DecisionResult>,
): Promise<string[]> {
  const { ctx } = one;
  const { promise: written, keep: isWritten } = promised();
  const { promise: told, keep: goOn } = promised();
  one.ctx = {
    ...ctx,
    reach: async (point) => {
      if (point !== "decision_written") return;
      isWritten();
      await told;
    },
  };
  const winner = outcome(first());
  await written;
  one.ctx = ctx;
  const loser = outcome(second());
  await expect
    .poll(
      async () =>
        (
          await db.$queryRaw<unknown[]>`select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`
        ).length,
      { interval: 5, timeout: 4_000 },
    )
    .toBe(1);
  goOn();
  return Promise.all([winner, loser]);
}

const auditOf = (orderId: string) =>
  db.auditEntry.findMany({
    where: { objectId: orderId, action: { startsWith: "order." } },
    orderBy: { seq: "asc" },
  });

describe.each(VERBS)("%s", (_, decide, effect) => {
  const ready = async () => {
    const orderId = await inDoubt(effect);
    one.settle();
    return orderId;
  };

  it("is done by whoever may decide, with reason, name and address in the audit log", async () => {
    const orderId = await ready();
    expect(await decide(orderId, { picture: await one.picture(orderId) })).toEqual({
      kind: "done",
    });
    expect(await auditOf(orderId)).toMatchObject([
      {
        actorName: "Asha Rao",
        reason: REASON,
        address: "127.0.0.1",
        correlationId: "correlation-2",
      },
    ]);
    const decided = (await one.order(orderId)).timeline.find(({ actor }) => actor === "Asha Rao");
    expect(decided?.data).toMatchObject({ reason: REASON });
    // The gate is looked into at once.
    const [gate] = await db.$queryRaw<{ is_due: boolean }[]>`
      select next_pass_at <= now() as is_due from placement_gates where supplier_id = ${one.supplierId}::uuid`;
    expect(gate).toEqual({ is_due: true });
  });

  it("is forbidden for a viewer, before anything is asked or told", async () => {
    const orderId = await ready();
    const before = (await one.requests()).length;
    const missing = decide("019abcde-0000-7000-8000-000000000000", {}, testActor("viewer"));
    await expect(missing).rejects.toMatchObject({ code: "forbidden" });
    await expect(decide(orderId, {}, testActor("viewer"))).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await one.requests()).toHaveLength(before);
    expect(await auditOf(orderId)).toEqual([]);
  });

  it.each(["019abcde-0000-7000-8000-000000000000", "1", ""])("knows no order %j", async (id) => {
    await ready();
    await expect(decide(id)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    ["none", ""],
    ["blanks", "      "],
    ["control characters", "\u0000\u0007\n\t"],
    ["two letters", "ok"],
    ["501 letters", "x".repeat(501)],
  ])("needs a reason, which isn't %s", async (_, reason) => {
    const orderId = await ready();
    await expect(decide(orderId, { reason })).rejects.toMatchObject({ code: "invalid" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await auditOf(orderId)).toEqual([]);
  });

  it("keeps the reason as it was meant, however it was typed", async () => {
    const orderId = await ready();
    await decide(orderId, { reason: "  They\r\nsaid\u0000so: 50 % 'off'; --  " });
    expect((await auditOf(orderId))[0]?.reason).toBe("They said so: 50 % 'off'; --");
  });

  it("is refused when the picture has changed since, and nothing is done", async () => {
    const orderId = await ready();
    const picture = await one.picture(orderId);
    const another = await one.foreign();
    expect(await decide(orderId, { picture })).toEqual({ kind: "picture_changed" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await auditOf(orderId)).toEqual([]);
    // The fresh listing is there to be seen.
    const { evidence } = await one.page(orderId);
    expect(evidence?.candidates.map(({ supplierOrderId }) => supplierOrderId)).toContain(another);
    expect(evidence?.picture).not.toBe(picture);
  });

  it("is refused also when only a candidate's state has changed", async () => {
    const orderId = await ready();
    const theirs = await one.foreign();
    await one.pass();
    const picture = await one.picture(orderId);
    await one.pay(theirs);
    one.advance(1_500);
    expect(await decide(orderId, { picture })).toEqual({ kind: "picture_changed" });
  });

  it.each([
    ["isn't answered", { loseReply: "before" }],
    ["is refused", { refuse: { status: 403, detail: "not now" } }],
    ["has to be asked for later", { rateLimit: { retryAfter: 60 } }],
  ])("isn't done where the list %s, which is said", async (_, fault) => {
    const orderId = await ready();
    await one.rule(fault, { endpoint: "list" });
    const result = await decide(orderId);
    expect(result).toMatchObject({ kind: "not_listed", problem: expect.stringMatching(/\w{3}/) });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await auditOf(orderId)).toEqual([]);
    await one.control("DELETE", "/rules");
    await db.supplier.updateMany({ data: { blockedUntil: null } });
  });

  it("isn't done where the supplier isn't connected", async () => {
    const orderId = await ready();
    const { ctx } = one;
    one.ctx = { ...ctx, suppliers: { ...ctx.suppliers, byId: () => null } };
    expect(await decide(orderId)).toEqual({
      kind: "not_listed",
      problem: "The supplier is not connected.",
    });
    one.ctx = ctx;
  });

  it("comes too late for an order that isn't in doubt any more", async () => {
    const orderId = await ready();
    const picture = await one.picture(orderId);
    await one.passes();
    await one.work(orderId);
    await expect(decide(orderId, { picture })).rejects.toMatchObject({ code: "conflict" });
    await expect(decide(orderId)).rejects.toMatchObject({ code: "conflict" });
    expect(await auditOf(orderId)).toEqual([]);
  });

  it("of two at once is done once, and the other is told", async () => {
    const orderId = await ready();
    const picture = await one.picture(orderId);
    const results = await Promise.all([
      outcome(decide(orderId, { picture })),
      outcome(decide(orderId, { picture }, ravi)),
    ]);
    expect(results.filter((result) => result === "done")).toHaveLength(1);
    expect(results).toContainEqual(expect.stringMatching(/^(conflict|picture_changed)$/));
    expect(await auditOf(orderId)).toHaveLength(1);
  });

  it("leaves nothing behind when the process dies just before its commit", async () => {
    const orderId = await ready();
    const { ctx } = one;
    one.ctx = {
      ...ctx,
      reach: (point) =>
        point === "decision_written" ? Promise.reject(new Error("killed")) : Promise.resolve(),
    };
    await expect(decide(orderId)).rejects.toThrow("killed");
    one.ctx = ctx;
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await auditOf(orderId)).toEqual([]);
    expect(await decide(orderId)).toEqual({ kind: "done" });
  });
});

describe("two who decide differently at once: one wins, and nothing is bought twice (I1, I2)", () => {
  it("adopt and give up", async () => {
    const orderId = await inDoubt("after");
    const results = await Promise.allSettled([adopt(orderId), giveUp(orderId, {}, ravi)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await auditOf(orderId)).toHaveLength(1);
    await one.finish(orderId);
    expect((await one.paid()).reduce((sum, count) => sum + count)).toBeLessThanOrEqual(1);
  });

  it("not created and give up", async () => {
    const orderId = await inDoubt("before");
    one.settle();
    const results = await Promise.allSettled([notCreated(orderId), giveUp(orderId, {}, ravi)]);
    // To be given up is what an order may that is about to be sent again, too.
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    const order = await one.finish(orderId);
    expect(["completed", "rejected"]).toContain(order.status);
    expect(await one.count("POST create")).toBeLessThanOrEqual(2);
  });

  it("a person, and the counting", async () => {
    const orderId = await inDoubt("after", { account: { isExclusive: true } });
    await db.$executeRaw`update placement_gates set next_pass_at = now() - interval '1 second' where frozen_at is not null`;
    const [decision] = await Promise.allSettled([giveUp(orderId), reconcileGates(one.ctx)]);
    const order = await one.order(orderId);
    const gaveUp = decision.status === "fulfilled" && decision.value.kind === "done";
    expect(order.status).toBe(gaveUp ? "rejected" : "awaiting_payment");
    expect(timelineKinds(order).filter((kind) => kind === "adopted")).toHaveLength(gaveUp ? 0 : 1);
  });

  it("two adopt one supplier order for two orders: it is the first one's, and the other is told", async () => {
    one = await openAccount(db, { account: { isExclusive: false } });
    const [first = "", second = ""] = await one.lostTogether("after", "before");
    await one.pass();
    expect(
      await inTurn(
        () => adopt(first),
        () => adopt(second, {}, ravi),
      ),
    ).toEqual(["done", "conflict"]);
    expect(await one.order(second)).toMatchObject({ status: "unconfirmed", supplierOrderId: null });
    expect(await one.row((await one.theirs())[0] ?? "")).toMatchObject({ orderId: first });
  });

  it("one marks as foreign what the other adopts: the other is told", async () => {
    const orderId = await inDoubt("after");
    const [supplierOrderId = ""] = await one.theirs();
    const foreign = () =>
      markForeign(
        one.ctx,
        ravi,
        { supplierId: one.supplierId, supplierOrderId, reason: REASON },
        REQUEST,
      );
    expect(await inTurn(() => adopt(orderId), foreign)).toEqual(["done", "conflict"]);
    expect(await one.row(supplierOrderId)).toMatchObject({ attribution: "ours", orderId });
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("one adopts what the other marks as foreign: it is nobody's to adopt any more", async () => {
    const orderId = await inDoubt("after");
    const [supplierOrderId = ""] = await one.theirs();
    const foreign = () =>
      markForeign(
        one.ctx,
        ravi,
        { supplierId: one.supplierId, supplierOrderId, reason: REASON },
        REQUEST,
      );
    expect(await inTurn(foreign, () => adopt(orderId))).toEqual(["done", "conflict"]);
    expect(await one.row(supplierOrderId)).toMatchObject({ attribution: "foreign" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
  });
});

it("an order that is being sent at this moment is nobody's to decide", async () => {
  one = await openAccount(db);
  const orderId = await one.place(PLAIN);
  const { ctx } = one;
  let result: Promise<unknown> = Promise.resolve();
  one.ctx = {
    ...ctx,
    reach: async (point) => {
      if (point !== "create_answered") return;
      one.ctx = ctx;
      result = giveUp(orderId).catch((error) => error);
      expect(await result).toMatchObject({ code: "conflict" });
    },
  };
  await workOnOrder(one.ctx, orderId);
  expect(await one.order(orderId)).toMatchObject({ status: "paid" });
  expect(openSignals(await one.order(orderId))).toEqual([]);
});
