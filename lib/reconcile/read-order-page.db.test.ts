import { v7 } from "uuid";
import { afterAll, describe, expect, it } from "vitest";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { declareNotCreated } from "./declare-not-created.ts";
import { readOrderPage } from "./read-order-page.ts";
import {
  type Account,
  openAccount,
  PLAIN,
  REQUEST,
  SETTLED_MS,
  SETTLING_MS,
} from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
let one: Account;
const open = async (options: Parameters<typeof openAccount>[1] = {}) => {
  one = await openAccount(db, { account: { isExclusive: false }, ...options });
};
/** A sample whose id tells our time, as ids do where no test moves the clock. */
const sample = () => {
  const newId = () => v7({ msecs: one.ctx.now().getTime() });
  return sampleBalance({ ...one.ctx, newId }, one.ctx.account, "refresh");
};
const evidenceOf = async (orderId: string, by = asha) =>
  (await one.page(orderId, by)).evidence ?? expect.fail("no evidence");

describe("an unconfirmed order's page", () => {
  it("shows what was sent, when the first byte left, and what went wrong", async () => {
    await open();
    const orderId = await one.lost("after");
    const sentAt = one.ctx.now().toISOString();
    const { sends, mode, assumptions } = await evidenceOf(orderId);
    expect(sends).toEqual([
      {
        id: expect.any(String),
        at: sentAt,
        firstByteAt: sentAt,
        endedAt: sentAt,
        reason: expect.stringContaining("the connection"),
        httpStatus: null,
      },
    ]);
    expect(mode).toBe("create_may_charge");
    expect(assumptions).toEqual({ settlingMs: SETTLING_MS, isExclusive: false });
  });

  it("shows each candidate with its distance from the send, by the supplier's clock", async () => {
    await open();
    await one.control("POST", "/clock", { offsetMs: 600_000 });
    const orderId = await one.lost("after");
    one.advance(45_000);
    const theirs = await one.foreign();
    await one.pass();
    const { candidates } = await evidenceOf(orderId);
    expect(candidates).toMatchObject([
      { supplierOrderId: (await one.theirs())[0], word: "active", currency: "USD", match: "same" },
      { supplierOrderId: theirs, word: "active", match: "same" },
    ]);
    // Good to the second that the supplier's clock is told in.
    expect(Math.abs(candidates[0]?.distanceMs ?? Number.NaN)).toBeLessThanOrEqual(1_000);
    expect(Math.abs((candidates[1]?.distanceMs ?? Number.NaN) - 45_000)).toBeLessThanOrEqual(1_000);
    expect(JSON.stringify(candidates)).not.toContain("TEST-");
  });

  it("shows every listing that was made, the newest first, broken ones too", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.pass();
    await one.rule({ loseReply: "before" }, { endpoint: "list", times: 1 });
    one.advance(60_000);
    await one.pass();
    expect((await evidenceOf(orderId)).listings).toMatchObject([
      { complete: false, problem: expect.stringMatching(/\w/), pages: 0, seen: 0 },
      { complete: true, problem: null, pages: 1, seen: 1, candidates: 1 },
    ]);
  });

  it("shows why the gate doesn't open yet, until when, and when it is looked into next", async () => {
    await open();
    const orderId = await one.lost("before");
    const sentAt = one.ctx.now();
    await one.pass();
    expect((await evidenceOf(orderId)).gate).toEqual({
      frozenAt: sentAt.toISOString(),
      waitsFor: "settling",
      why: null,
      nextPassAt: expect.any(String),
      settledAt: new Date(sentAt.getTime() + SETTLED_MS).toISOString(),
    });
    one.settle();
    await one.passes();
    await one.lose("before");
    await one.work(orderId);
    expect((await evidenceOf(orderId)).sends).toHaveLength(1);
  });

  it("shows the balance before the send and after it: an independent witness", async () => {
    await open({ createCharges: true, chargedActiveMs: 0 });
    await sample();
    one.advance(30_000);
    const beforeAt = one.ctx.now();
    await sample();
    one.advance(30_000);
    const orderId = await one.lost("after");
    expect((await evidenceOf(orderId)).balance).toMatchObject({
      currency: "USD",
      before: { available: "2500", at: beforeAt.toISOString() },
      after: null,
    });
    one.advance(30_000);
    await sample();
    const { before, after } = (await evidenceOf(orderId)).balance;
    const { agreedTotal } = await one.order(orderId);
    expect(before?.available).toBe("2500");
    expect(Number(before?.available) - Number(after?.available)).toBeCloseTo(
      agreedTotal.toNumber(),
      6,
    );
  });

  it("shows a balance that didn't move, too", async () => {
    await open();
    await sample();
    one.advance(30_000);
    const orderId = await one.lost("before");
    one.advance(30_000);
    await sample();
    const { before, after } = (await evidenceOf(orderId)).balance;
    expect([before?.available, after?.available]).toEqual(["2500", "2500"]);
    expect(after?.at).toBe(one.ctx.now().toISOString());
  });

  it("names its twins", async () => {
    await open();
    const [first = "", second = ""] = await one.lostTogether("before", "before");
    const waiting = await one.place(PLAIN);
    await one.work(waiting);
    await one.place("test-codes-as-objects");
    const { twins } = await evidenceOf(first);
    expect(twins.map(({ orderId, status }) => [orderId, status])).toEqual([
      [second, "unconfirmed"],
      [waiting, "submitting"],
    ]);
  });

  it("says what this person may do now", async () => {
    await open({ account: { isExclusive: false, secondPersonAbove: "0" } });
    const orderId = await one.lost("before");
    const may = async (by = asha) => (await evidenceOf(orderId, by)).may;
    expect(await may()).toEqual({ decide: true, needsSecondPerson: true, sendAgain: false });
    one.settle();
    expect(await may(testActor("admin"))).toMatchObject({ decide: true, sendAgain: true });
    expect(await may(testActor("viewer"))).toEqual({
      decide: false,
      needsSecondPerson: true,
      sendAgain: false,
    });
  });

  it("is read by each role, without a secret", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.pass();
    for (const role of ["admin", "operator", "viewer"] as const) {
      const page = await one.page(orderId, testActor(role));
      expect(page.evidence?.candidates).toHaveLength(1);
      expect(JSON.stringify(page.evidence)).not.toMatch(/TEST-|v1\||externalData|test-key/);
    }
  });
});

describe("the picture", () => {
  it("is the same however often it is looked at, and for whom", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.pass();
    const picture = await one.picture(orderId);
    one.advance(60_000);
    await one.pass();
    expect(await one.picture(orderId)).toBe(picture);
    expect((await evidenceOf(orderId, testActor("viewer"))).picture).toBe(picture);
  });
});

describe("an order that waits", () => {
  it("names the twin it waits for", async () => {
    await open();
    const twin = await one.lost("after");
    const since = one.ctx.now().toISOString();
    const waiting = await one.place(PLAIN);
    await one.work(waiting);
    expect(await one.page(waiting)).toMatchObject({
      evidence: null,
      waitsFor: {
        supplierId: one.supplierId,
        twin: { orderId: twin, status: "unconfirmed" },
        supplierOrders: [],
        since,
        mayDecide: true,
      },
    });
    expect((await one.page(waiting, testActor("viewer"))).waitsFor?.mayDecide).toBe(false);
  });

  it("says so before it was ever tried, and no more once the way is free", async () => {
    await open({ account: { isExclusive: true } });
    await one.lost("after");
    const waiting = await one.place(PLAIN);
    expect((await one.page(waiting)).waitsFor).not.toBeNull();
    await one.pass();
    expect((await one.page(waiting)).waitsFor).toBeNull();
  });
});

describe("any other order", () => {
  it("has neither evidence nor anything to wait for", async () => {
    await open();
    const orderId = await one.place(PLAIN);
    expect(await one.page(orderId)).toMatchObject({ evidence: null, waitsFor: null });
    await one.finish(orderId);
    expect(await one.page(orderId)).toMatchObject({
      status: "completed",
      evidence: null,
      waitsFor: null,
    });
  });

  it("that is older than fingerprints is shown with its evidence all the same", async () => {
    await open();
    const orderId = await one.lost("after");
    await db.order.update({ where: { id: orderId }, data: { fingerprint: null } });
    expect(await one.page(orderId)).toMatchObject({ status: "unconfirmed" });
    one.settle();
    const decided = declareNotCreated(
      one.ctx,
      asha,
      { orderId, picture: null, reason: "It was not made." },
      REQUEST,
    );
    await expect(decided).rejects.toMatchObject({ code: "conflict" });
    // Written down by now, and its evidence with it.
    expect((await evidenceOf(orderId)).candidates).toHaveLength(1);
  });

  it.each(["019abcde-0000-7000-8000-000000000000", "1", "", "\u0000"])(
    "isn't %j, which there is none of",
    async (id) => {
      await open();
      expect(await readOrderPage(one.ctx, asha, id)).toBeNull();
    },
  );
});
