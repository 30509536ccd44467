/** What holds for every decision of a person about an order. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { auditOf, decisions, outcome, REASON, ravi, type Verb } from "./decisions.fixture.ts";
import { type Account, openAccount, PLAIN } from "./reconcile.fixture.ts";

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

const VERBS: [string, Verb, "before" | "after"][] = [
  ["adopt", adopt, "after"],
  ["not created", notCreated, "before"],
  ["give up", giveUp, "after"],
];

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
    expect(await auditOf(one, orderId)).toMatchObject([
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
    expect(await auditOf(one, orderId)).toEqual([]);
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
    expect(await auditOf(one, orderId)).toEqual([]);
  });

  it("keeps the reason as it was meant, however it was typed", async () => {
    const orderId = await ready();
    await decide(orderId, { reason: "  They\r\nsaid\u0000so: 50 % 'off'; --  " });
    expect((await auditOf(one, orderId))[0]?.reason).toBe("They said so: 50 % 'off'; --");
  });

  it("is refused when the picture has changed since, and nothing is done", async () => {
    const orderId = await ready();
    const picture = await one.picture(orderId);
    const another = await one.foreign();
    expect(await decide(orderId, { picture })).toEqual({ kind: "picture_changed" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await auditOf(one, orderId)).toEqual([]);
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

  it("comes too late for an order that isn't in doubt any more", async () => {
    const orderId = await ready();
    const picture = await one.picture(orderId);
    await one.passes();
    await one.work(orderId);
    await expect(decide(orderId, { picture })).rejects.toMatchObject({ code: "conflict" });
    await expect(decide(orderId)).rejects.toMatchObject({ code: "conflict" });
    expect(await auditOf(one, orderId)).toEqual([]);
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
    expect(await auditOf(one, orderId)).toHaveLength(1);
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
    expect(await auditOf(one, orderId)).toEqual([]);
    expect(await decide(orderId)).toEqual({ kind: "done" });
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
