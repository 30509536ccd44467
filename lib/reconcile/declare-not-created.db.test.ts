import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals, timelineKinds } from "#lib/orders/orders.fixture.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { auditOf } from "./decisions.fixture.ts";
import { declareNotCreated } from "./declare-not-created.ts";
import { type Account, openAccount, PLAIN, REQUEST } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
const ravi = testActor("operator");
let one: Account;
const open = async (account: NonNullable<Parameters<typeof openAccount>[1]>["account"] = {}) => {
  one = await openAccount(db, { account: { isExclusive: false, ...account } });
};
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const declare = (orderId: string, by = asha, picture: string | null = null) =>
  declareNotCreated(one.ctx, by, { orderId, picture, reason: "It was not made." }, REQUEST);
const may = async (orderId: string) => (await one.page(orderId)).evidence?.may;

describe("saying that an order was not created", () => {
  it("has it sent again, once nothing can land any more; no second look is waited for", async () => {
    await open();
    const orderId = await one.lost("before");
    one.settle();
    expect(await may(orderId)).toEqual({ decide: true, needsSecondPerson: false, sendAgain: true });
    expect(await declare(orderId, asha, await one.picture(orderId))).toEqual({ kind: "done" });
    const order = await one.order(orderId);
    expect(order).toMatchObject({
      status: "submitting",
      attempts: [{ resolution: "not_created" }],
    });
    expect(openSignals(order)).toEqual([]);
    expect(order.timeline.at(-2)).toMatchObject({
      kind: "not_created",
      actor: "Asha Rao",
      data: { reason: "It was not made." },
    });
    await one.pass();
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1]);
    expect(await one.count("POST create")).toBe(2);
  });

  it("is refused while a late order may still land (I1)", async () => {
    await open();
    const orderId = await one.lost("before");
    one.settle();
    one.advance(-1);
    expect(await may(orderId)).toMatchObject({ sendAgain: false });
    await expect(declare(orderId)).rejects.toMatchObject({ code: "conflict" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.count("POST create")).toBe(1);
  });

  it("is refused while a supplier order is listed that it could be (I1)", async () => {
    await open();
    const orderId = await one.lost("after");
    one.settle();
    await one.pass();
    expect(await may(orderId)).toMatchObject({ sendAgain: false });
    await expect(declare(orderId)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is refused where the fresh listing shows one that the page didn't", async () => {
    await open();
    await one.rule({ landLateMs: 590_000 }, { endpoint: "create", times: 1 });
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    one.advance(500_000);
    await one.pass();
    one.advance(100_000);
    await expect(declare(orderId)).rejects.toMatchObject({ code: "conflict" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
  });

  it("is refused while an equal order is being sent: it may be that one's", async () => {
    await open();
    const [first = ""] = await one.lostTogether("before");
    one.settle();
    const sending = await one.place(PLAIN);
    await db.orderAttempt.create({
      data: { id: one.ctx.newId(), orderId: sending, kind: "create", startedAt: one.ctx.now() },
    });
    await expect(declare(first)).rejects.toMatchObject({ code: "conflict" });
    await db.orderAttempt.deleteMany({ where: { orderId: sending } });
  });

  it("is for an order in doubt alone: one that waits was never sent", async () => {
    await open();
    await one.lost("before");
    const waiting = await one.place(PLAIN);
    await one.work(waiting);
    one.settle();
    await expect(declare(waiting)).rejects.toMatchObject({ code: "conflict" });
  });

  it("may be said where too little is shown to tell, by a person who knows", async () => {
    await open();
    await one.rule({ omit: ["quantity"] }, { endpoint: "list" });
    await one.lose("before");
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    await one.foreign(PLAIN, {}, 3);
    one.settle();
    await one.pass();
    expect(await one.gate()).toMatchObject({ waitsFor: "person" });
    expect(await may(orderId)).toMatchObject({ sendAgain: true });
    expect(await declare(orderId, asha, await one.picture(orderId))).toEqual({ kind: "done" });
  });
});

describe("above the account's line, a second person has to say so too", () => {
  /** An order of more than a dollar, and one of less. */
  async function above(line = "0.01") {
    await open({ secondPersonAbove: line });
    const orderId = await one.lost("before");
    one.settle();
    return orderId;
  }
  const acts = async (orderId: string) => (await auditOf(one, orderId)).map(({ action }) => action);

  it("the first one's word is noted, and sends nothing", async () => {
    const orderId = await above();
    expect(await may(orderId)).toMatchObject({ needsSecondPerson: true });
    expect(await declare(orderId)).toEqual({ kind: "proposed" });
    const order = await one.order(orderId);
    expect(order).toMatchObject({ status: "unconfirmed" });
    expect(timelineKinds(order).at(-1)).toBe("not_placed_proposed");
    expect(await acts(orderId)).toEqual(["order.not-created-proposed"]);
    const proposal = { by: "Asha Rao", reason: "It was not made." };
    expect((await one.page(orderId, asha)).evidence?.proposal).toMatchObject({
      ...proposal,
      isOwn: true,
    });
    expect((await one.page(orderId, ravi)).evidence?.proposal).toMatchObject({
      ...proposal,
      isOwn: false,
    });
  });

  it("the same person's second word is no second person's", async () => {
    const orderId = await above();
    expect(await declare(orderId)).toEqual({ kind: "proposed" });
    expect(await declare(orderId)).toEqual({ kind: "proposed" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
  });

  it("the second person's has it sent again; both are on record", async () => {
    const orderId = await above();
    await declare(orderId);
    expect(await declare(orderId, ravi, await one.picture(orderId))).toEqual({ kind: "done" });
    expect(await one.order(orderId)).toMatchObject({ status: "submitting" });
    expect(await acts(orderId)).toEqual(["order.not-created-proposed", "order.not-created"]);
    expect(
      await db.auditEntry.findFirst({ where: { objectId: orderId, action: "order.not-created" } }),
    ).toMatchObject({ details: { proposedBy: "Asha Rao" } });
    expect(await db.orderProposal.count({ where: { orderId } })).toBe(0);
  });

  it("two at once are two persons: one proposes, the other decides", async () => {
    const orderId = await above();
    const results = await Promise.all([declare(orderId), declare(orderId, ravi)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(["done", "proposed"]);
    expect(await one.order(orderId)).toMatchObject({ status: "submitting" });
  });

  it("a word about an earlier send doesn't count for a later one", async () => {
    const orderId = await above();
    await declare(orderId);
    // Before a second person comes, counting clears it up; it is sent again, and lost again.
    await one.passes();
    await one.lose("before");
    expect(await one.work(orderId)).toMatchObject({ status: "unconfirmed" });
    one.settle();
    expect((await one.page(orderId, ravi)).evidence?.proposal).toBeNull();
    expect(await declare(orderId, ravi)).toEqual({ kind: "proposed" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
  });

  it.each([
    ["an order that costs just that much", "0.99", 1],
    ["a mock order", "0.01", 0],
  ])("isn't needed for %s", async (what, line, _) => {
    await open({ secondPersonAbove: line });
    await one.lose("before");
    const isMock = what.includes("mock");
    const orderId = await one.place(PLAIN, { isMock });
    const { agreedTotal } = await one.order(orderId);
    if (!isMock) {
      await db.supplier.update({
        where: { id: one.supplierId },
        data: { secondPersonAbove: agreedTotal },
      });
    }
    await one.work(orderId);
    one.settle();
    expect(await may(orderId)).toMatchObject({ needsSecondPerson: false });
    expect(await declare(orderId)).toEqual({ kind: "done" });
  });

  it("is needed for every order where the line is zero", async () => {
    const orderId = await above("0");
    expect(await declare(orderId)).toEqual({ kind: "proposed" });
  });
});
