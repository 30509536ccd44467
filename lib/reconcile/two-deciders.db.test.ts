/** Two persons, or a person and the counting, who decide at once; and decisions without a readable list. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { timelineKinds } from "#lib/orders/orders.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { auditOf, decisions, outcome, REASON, ravi } from "./decisions.fixture.ts";
import { markForeign } from "./mark-foreign.ts";
import { type Account, openAccount, promised, REQUEST } from "./reconcile.fixture.ts";
import { reconcileGates } from "./reconcile-gates.ts";
import type { DecisionResult } from "./types.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let one: Account;
const { adopt, notCreated, giveUp } = decisions(() => one);
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
      { interval: 5 },
    )
    .toBe(1);
  goOn();
  return Promise.all([winner, loser]);
}

describe("where the list can't be read", () => {
  const FAULTS: [string, unknown][] = [
    ["isn't answered", { loseReply: "before" }],
    ["is refused", { refuse: { status: 403, detail: "not now" } }],
    ["is a page of HTML", { garble: "html" }],
    ["has to be asked for later", { rateLimit: { retryAfter: 60 } }],
  ];
  const broken = async (effect: "before" | "after", fault: unknown) => {
    const orderId = await inDoubt(effect);
    one.settle();
    await one.rule(fault, { endpoint: "list" });
    return orderId;
  };
  const mend = async () => {
    await one.control("DELETE", "/rules");
    await db.supplier.updateMany({ data: { blockedUntil: null } });
  };

  it.each(FAULTS)("because it %s, nothing is said not to be there", async (_, fault) => {
    const orderId = await broken("before", fault);
    expect(await notCreated(orderId)).toMatchObject({
      kind: "not_listed",
      problem: expect.stringMatching(/\w{3}/),
    });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await auditOf(one, orderId)).toEqual([]);
    await mend();
  });

  it.each(FAULTS.slice(0, 3))(
    "because it %s, what is known may be adopted, and an order given up",
    async (_, fault) => {
      expect(await adopt(await broken("after", fault))).toEqual({ kind: "done" });
      await mend();
      expect(await giveUp(await broken("after", fault))).toEqual({ kind: "done" });
      await mend();
    },
  );

  it("because the supplier isn't connected, an order may still be given up", async () => {
    const orderId = await inDoubt("after");
    one.settle();
    const { ctx } = one;
    one.ctx = { ...ctx, suppliers: { ...ctx.suppliers, byId: () => null } };
    for (const decide of [adopt, notCreated]) {
      expect(await decide(orderId)).toEqual({
        kind: "not_listed",
        problem: "The supplier is not connected.",
      });
    }
    expect(await giveUp(orderId)).toEqual({ kind: "done" });
    one.ctx = ctx;
  });
});

describe("two who decide differently at once: one wins, and nothing is bought twice (I1, I2)", () => {
  it("adopt and give up", async () => {
    const orderId = await inDoubt("after");
    const results = await Promise.allSettled([adopt(orderId), giveUp(orderId, {}, ravi)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await auditOf(one, orderId)).toHaveLength(1);
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
