/** Clearing up by counting (mode B), at the simulator. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { makeDue, openSignals, timelineKinds } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, OBJECTS, openAccount, PLAIN, promised } from "./reconcile.fixture.ts";
import { reconcileGates } from "./reconcile-gates.ts";

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

const passesOf = ({ supplierId }: Account) =>
  db.gatePass.findMany({ where: { supplierId }, orderBy: { startedAt: "asc" } });

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

  it("leaves orders for other goods out of the count", async () => {
    await open();
    const plain = await one.lost("before");
    await one.foreign(OBJECTS);
    await one.foreign(PLAIN, {}, 2);
    await one.foreign(PLAIN, { isMock: true });
    one.settle();
    await one.passes();
    expect(await one.order(plain)).toMatchObject({ status: "submitting" });
  });

  it("finds its order among however many of others (I1)", async () => {
    await open({ account: { isExclusive: false } });
    for (let others = 0; others < 210; others++) await one.foreign(OBJECTS);
    one.advance(1_000);
    const orderId = await one.lost("after");
    one.settle();
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("leaves out what was there before it was sent", async () => {
    await open();
    await one.foreign();
    one.advance(180_000);
    const orderId = await one.lost("after");
    await one.pass();
    expect(await one.order(orderId)).toMatchObject({ supplierOrderId: (await one.theirs())[1] });
    // Older than all that was ever sent from here, it holds nothing back once an audit has seen that.
    await one.audit();
    expect(await one.pass()).toMatchObject(OPEN);
  });

  it("leaves out what the mirror knew before it was sent, however young that is", async () => {
    await open();
    await one.lost("before", OBJECTS);
    await one.foreign();
    await one.audit();
    one.advance(10_000);
    const orderId = await one.lost("after");
    await one.pass();
    expect(await one.order(orderId)).toMatchObject({
      supplierOrderId: (await one.theirs()).at(-1),
    });
  });

  it.each([600_000, -600_000, 7_200_000])(
    "counts by the supplier's clock, which is off by %i ms",
    async (offsetMs) => {
      await open();
      await one.control("POST", "/clock", { offsetMs });
      const [landed, missing] = [await one.lost("after"), await one.lost("before", OBJECTS)];
      one.settle();
      await one.passes();
      expect(await one.statuses(landed, missing)).toEqual(["awaiting_payment", "submitting"]);
      expect(await one.finish(landed)).toMatchObject({ status: "completed" });
    },
  );

  it("sees one that landed late, within the settling time", async () => {
    await open();
    await one.rule({ landLateMs: 9 * 60_000 }, { endpoint: "create", times: 1 });
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    for (let minute = 0; minute < 9; minute++) {
      expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
      one.advance(60_000);
    }
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1]);
  });

  it("needs two looks that agree: one that turns up between them is claimed", async () => {
    await open({ account: { isExclusive: false } });
    await one.rule({ landLateMs: 10 * 60_000 + 15_000 }, { endpoint: "create", times: 1 });
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
    expect(await one.count("POST create")).toBe(1);
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
    one.advance(5 * 60_000);
    const [, gate] = await one.passes();
    expect(gate).toMatchObject(OPEN);
    expect(await one.statuses(...first, ...second)).toEqual(Array(2).fill("awaiting_payment"));
  });
});

describe("a list that can't be relied on", () => {
  it.each([
    ["isn't answered", { loseReply: "before" }],
    ["is refused", { refuse: { status: 403, detail: "not now" } }],
    ["is a page of HTML", { garble: "html" }],
    ["is cut off", { garble: "truncated" }],
    ["has to be asked for later", { rateLimit: { retryAfter: 30 } }],
  ])("because it %s decides nothing, and says why", async (_, fault) => {
    await open();
    const orderId = await one.lost("after");
    await one.rule(fault, { endpoint: "list" });
    one.settle();
    for (const gate of await one.passes()) {
      expect(gate).toMatchObject({ waitsFor: "incomplete" });
      expect(gate?.waitsWhy?.length).toBeGreaterThan(60);
    }
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect((await passesOf(one)).every(({ complete }) => !complete)).toBe(true);
    await one.control("DELETE", "/rules");
    await db.supplier.updateMany({ data: { blockedUntil: null } });
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("that broke off between two looks: both have to be made again", async () => {
    await open();
    const orderId = await one.lost("before");
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    await one.rule({ loseReply: "before" }, { endpoint: "list", times: 1 });
    expect(await one.pass()).toMatchObject({ waitsFor: "incomplete" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject({ waitsFor: "second_pass" });
    one.advance(30_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "submitting" });
  });

  it("because it lags behind is outwaited by the settling time", async () => {
    await open();
    await one.rule({ hideFor: { ms: 120_000 } }, { endpoint: "list" });
    const orderId = await one.lost("after");
    expect(await one.pass()).toMatchObject({ waitsFor: "settling" });
    one.advance(121_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it.each([
    ["sorts the oldest first", { order: "oldest_first" }],
    ["is bare, and sorts the oldest first", { bare: true, order: "oldest_first" }],
    ["tells no times", { omit: ["createdAt"] }],
  ])("it %s: is read to its end", async (_, manner) => {
    await open();
    await one.rule(manner, { endpoint: "list" });
    for (let others = 0; others < 120; others++) {
      await one.foreign(OBJECTS);
      one.advance(1_000);
    }
    one.advance(3_600_000);
    const orderId = await one.lost("after");
    one.advance(1_000);
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(orderId)).toMatchObject({
      supplierOrderId: (await one.theirs()).at(-1),
    });
    const [pass] = await passesOf(one);
    expect(pass).toMatchObject({ complete: true, seen: 121 });
    expect(pass?.pages).toBeGreaterThanOrEqual(3);
  });

  it("is read back no further than needed where it sorts the newest first", async () => {
    await open();
    for (let others = 0; others < 120; others++) await one.foreign(OBJECTS);
    one.advance(3_600_000);
    await one.lost("after");
    await one.pass();
    expect(await passesOf(one)).toMatchObject([{ complete: true, pages: 1 }]);
  });

  it("repeats rows and moves along while it is read: each order counts once", async () => {
    await open();
    await one.rule({ listDuplicate: 1 }, { endpoint: "list" });
    const ids = await one.lostTogether("after", "before");
    one.settle();
    await one.passes();
    expect(await one.statuses(...ids)).toEqual(["awaiting_payment", "submitting"]);
  });

  it.each([
    ["the note", ["note"], "awaiting_payment"],
    ["whether it is a mock", ["isMock"], "awaiting_payment"],
    ["quantities", ["quantity"], "unconfirmed"],
  ])("hides %s: counted only where nothing else can be meant", async (_, omit, status) => {
    await open();
    await one.rule({ omit }, { endpoint: "list" });
    const orderId = await one.lost("after");
    one.settle();
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({ status });
    if (status === "unconfirmed") {
      expect(await one.gate()).toMatchObject({ waitsFor: "person" });
      expect(await one.page(orderId)).toMatchObject({
        evidence: { candidates: [{ match: "unclear" }] },
      });
    }
  });

  it("hides whether it is a mock, and both kinds were sent: a person", async () => {
    await open();
    await one.rule({ omit: ["isMock"] }, { endpoint: "list" });
    await one.work(await one.place(PLAIN, { isMock: true }));
    const orderId = await one.lost("after");
    one.settle();
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.gate()).toMatchObject({ waitsFor: "person" });
  });
});

describe("while something is under way", () => {
  it("nothing is decided, and the list isn't asked", async () => {
    await open();
    const [lost] = await one.lostTogether("after");
    await db.placementGate.updateMany({
      data: { frozenAt: null, nextPassAt: null, waitsFor: null },
    });
    const sending = await one.place(PLAIN);
    const { promise, keep } = promised();
    const slow = {
      ...one.ctx,
      reach: (point: string) => (point === "create_answered" ? promise : Promise.resolve()),
    };
    await makeDue(db, sending);
    const working = workOnOrder(slow, sending);
    await expect.poll(() => one.count("POST create"), { interval: 10 }).toBe(2);
    await db.placementGate.updateMany({
      data: { frozenAt: one.ctx.now(), nextPassAt: new Date(), waitsFor: "outstanding" },
    });
    one.settle();
    expect(await one.pass()).toMatchObject({ waitsFor: "outstanding" });
    expect(await one.count("GET list")).toBe(0);
    keep();
    await working;
    expect(await one.order(sending)).toMatchObject({ status: "paid" });
    // The answered one's is not counted for the lost one.
    expect(await one.pass()).toMatchObject(OPEN);
    expect(await one.order(lost ?? "")).toMatchObject({ supplierOrderId: (await one.theirs())[0] });
  });

  it("two processes look into one gate: one does", async () => {
    await open();
    const orderId = await one.lost("after");
    const counts = await Promise.all([1, 2, 3, 4].map(() => reconcileGates(one.ctx)));
    expect(counts.sort()).toEqual([0, 0, 0, 1]);
    expect(await one.count("GET list")).toBe(1);
    expect(await one.order(orderId)).toMatchObject({ status: "awaiting_payment" });
  });

  it("a process that was paused between listing and deciding does nothing, once another has decided", async () => {
    await open();
    const orderId = await one.lost("after");
    const slow = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point !== "gate_pass_recorded") return;
        // Its lease runs out meanwhile, and another takes the gate.
        expect(await one.pass()).toMatchObject(OPEN);
      },
    };
    await reconcileGates(slow);
    const order = await one.order(orderId);
    expect(timelineKinds(order).filter((kind) => kind === "adopted")).toHaveLength(1);
    expect(await one.gate()).toMatchObject(OPEN);
  });

  it("an answer that comes between listing and deciding: nothing is decided on the old picture", async () => {
    await open();
    const [first = "", second = ""] = await one.lostTogether("before", "before");
    one.settle();
    await one.pass();
    one.advance(30_000);
    const slow = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point !== "gate_pass_recorded") return;
        await one.lostTogether("after");
        await db.placementGate.updateMany({
          data: { frozenAt: one.ctx.now(), nextPassAt: new Date(), waitsFor: "second_pass" },
        });
      },
    };
    await reconcileGates(slow);
    expect(await one.statuses(first, second)).toEqual(["unconfirmed", "unconfirmed"]);
  });

  it("a gate that can't be looked into keeps no other waiting", async () => {
    await open();
    const [broken, sound] = [await one.lost("after"), await one.lost("after", OBJECTS)];
    const { fingerprint } = await one.order(broken);
    const failing = {
      ...one.ctx,
      log: { ...one.ctx.log, error: () => undefined },
      reach: async (point: string) => {
        if (point !== "gate_listed") return;
        const [gate] = await db.$queryRaw<unknown[]>`select 1 from placement_gates
          where fingerprint = ${fingerprint} and lease_token is not null`;
        if (gate) throw new Error("no");
      },
    };
    await reconcileGates(failing as never);
    expect(await one.statuses(broken, sound)).toEqual(["unconfirmed", "awaiting_payment"]);
    await one.pass();
    expect(await one.order(broken)).toMatchObject({ status: "awaiting_payment" });
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
