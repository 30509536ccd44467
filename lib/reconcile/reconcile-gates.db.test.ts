/** Clearing up by counting (mode B), at the simulator. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals, timelineKinds } from "#lib/orders/orders.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, openAccount, PLAIN } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const OPEN = { frozenAt: null, waitsFor: null, waitsWhy: null };
const SHARED = { account: { isExclusive: false } };
let one: Account;
async function open(options: Parameters<typeof openAccount>[1] = {}) {
  one = await openAccount(db, options);
  return one;
}
/** Whatever happened, the invariants hold. */
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

describe("on an account of our own", () => {
  it("a lost create that is listed is claimed at once, and the order goes on (c = n)", async () => {
    await open();
    const orderId = await one.lost("after");
    one.advance(5_000);
    expect(await one.pass()).toMatchObject({ frozenAt: null, waitsFor: null });
    const order = await one.order(orderId);
    expect(order).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: (await one.theirs())[0],
      attempts: [{ outcome: "unknown", resolution: "claimed" }],
    });
    expect(openSignals(order)).toEqual([]);
    expect(timelineKinds(order)).toContain("adopted");
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1]);
    expect(await one.count("POST create")).toBe(1);
  });

  it("several are claimed at once, the oldest order the oldest, each one of its own (I2)", async () => {
    await open();
    const ids = await one.lostTogether("after", "after", "after");
    expect(await one.pass()).toMatchObject(OPEN);
    const orders = await Promise.all(ids.map(one.order));
    expect(orders.map(({ supplierOrderId }) => supplierOrderId)).toEqual(await one.theirs());
  });

  it("one that isn't listed is waited for until nothing can land, and seen twice to be missing", async () => {
    await open();
    const orderId = await one.lost("before");
    expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
    one.settle();
    one.advance(-1);
    expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
    one.advance(1);
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject(OPEN);
    const order = await one.order(orderId);
    expect(order).toMatchObject({
      status: "submitting",
      attempts: [{ resolution: "not_created" }],
    });
    expect(openSignals(order)).toEqual([]);
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1]);
  });

  it("some of several: those found are claimed, the rest are sent again (c < n)", async () => {
    await open();
    const ids = await one.lostTogether("before", "after", "before");
    one.settle();
    const [, gate] = await one.passes();
    expect(gate).toMatchObject(OPEN);
    // Any of them satisfies any: the oldest order gets the one that exists.
    expect(await one.statuses(...ids)).toEqual(["awaiting_payment", "submitting", "submitting"]);
    for (const id of ids) expect(await one.finish(id)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1, 1, 1]);
  });

  it("more than were sent: a person (c > n), who is told how many, and nothing is decided", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.foreign();
    one.settle();
    for (const gate of await one.passes()) {
      expect(gate).toMatchObject({
        waitsFor: "person",
        waitsWhy: "2 supplier orders fit, and 1 was sent.",
      });
    }
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.page(orderId)).toMatchObject({
      evidence: {
        candidates: [{ match: "same" }, { match: "same" }],
        gate: { waitsFor: "person" },
      },
    });
  });

  it("an order that the supplier takes for a repeat is looked for, not given up (I1)", async () => {
    await open();
    const refuse = { status: 409, code: "ORDER_ALREADY_EXISTS", detail: "exists already" };
    await one.rule({ refuse }, { endpoint: "create", times: 1 });
    const orderId = await one.place(PLAIN);
    expect(await one.work(orderId)).toMatchObject({ status: "unconfirmed" });
    const [earlier] = [await one.foreign()];
    await one.pass();
    expect(await one.order(orderId)).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: earlier,
    });
  });

  it("sends an order again three times in all, then a person", async () => {
    await open();
    await one.lose("before", 9);
    const orderId = await one.place(PLAIN);
    for (let sends = 1; sends <= 3; sends++) {
      expect(await one.work(orderId)).toMatchObject({ status: "unconfirmed" });
      expect(await one.count("POST create")).toBe(sends);
      one.settle();
      await one.passes();
    }
    const order = await one.order(orderId);
    expect(order).toMatchObject({ status: "unconfirmed", nextPollAt: null });
    expect(order.attempts.map(({ resolution }) => resolution)).toEqual(
      Array(3).fill("not_created"),
    );
    expect(openSignals(order)).toEqual(["unconfirmed"]);
    // Of it nothing is in doubt any more: equal orders go on.
    expect(await one.gate()).toMatchObject(OPEN);
    expect(await one.work(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.count("POST create")).toBe(3);
  });

  it("an equal order that waited is sent as soon as the doubt is over", async () => {
    await open();
    const lost = await one.lost("after");
    const waiting = await one.place(PLAIN);
    expect(openSignals(await one.work(waiting))).toEqual(["waits_for_twin"]);
    await one.pass();
    // It is due now, without anybody's help.
    const [due] = await db.$queryRaw<{ is_due: boolean }[]>`
      select next_poll_at <= now() as is_due from orders where id = ${waiting}::uuid`;
    expect(due).toEqual({ is_due: true });
    const order = await one.finish(waiting);
    expect(order).toMatchObject({ status: "completed" });
    expect(openSignals(order)).toEqual([]);
    expect(await one.finish(lost)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1, 1]);
  });
});

describe("on an account that others use too", () => {
  it("even a matching count waits for the settling time and two looks that agree", async () => {
    await open(SHARED);
    const orderId = await one.lost("after");
    expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("the settling time counts from the last of several", async () => {
    await open({ ...SHARED, timing: { paymentWindowMs: 3_600_000 } });
    const first = await one.lostTogether("after");
    one.advance(9 * 60_000);
    const second = await one.lostTogether("after");
    one.advance(5 * 60_000);
    expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
    one.advance(5 * 60_000 + 15_000);
    const [, gate] = await one.passes();
    expect(gate).toMatchObject(OPEN);
    expect(await one.statuses(...first, ...second)).toEqual(Array(2).fill("awaiting_payment"));
  });
});

describe("the supplier", () => {
  it("isn't connected any more: the gate stays frozen, and says so", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.pass({ ...one.ctx, suppliers: { ...one.ctx.suppliers, byId: () => null } });
    expect(await one.gate()).toMatchObject({
      waitsFor: "incomplete",
      waitsWhy: "The supplier is not connected.",
    });
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
  });
});

describe("where creating is free (mode A)", () => {
  it("an order that was made five times in vain gets one of those that exist, and the rest run out", async () => {
    await open({ createIsFree: true });
    await one.lose("after", 5);
    const orderId = await one.place(PLAIN);
    for (let round = 0; round < 5; round++) {
      await one.work(orderId);
      one.advance(20_000);
    }
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.pass()).toMatchObject(OPEN);
    const order = await one.order(orderId);
    expect(order).toMatchObject({ status: "awaiting_payment" });
    expect((await one.mirror()).map(({ attribution }) => attribution)).toEqual([
      "ours",
      "orphan",
      "orphan",
      "orphan",
      "orphan",
    ]);
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1, 0, 0, 0, 0]);
  });
});
