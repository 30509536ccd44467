/** Placing where creating is free and paying costs (mode A): at most one order is ever paid (I1). */
import { afterAll, describe, expect, it } from "vitest";
import { readCapabilities } from "#lib/placement/capabilities.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import {
  dueInMs,
  lapseLease,
  makeDue,
  openSignals,
  timelineKinds,
  type WholeOrder,
} from "./orders.fixture.ts";
import { openSupplier } from "./simulated.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const SLUG = "test-plain-codes";

async function open(options: Parameters<typeof openSupplier>[1] = {}) {
  const supplier = await openSupplier(db, { createIsFree: true, ...options });
  const count = async (endpoint: string) =>
    (await supplier.requests()).filter((one) => one === endpoint).length;
  return {
    ...supplier,
    creates: () => count("POST create"),
    pays: () => count("POST pay"),
    paid: async () => (await supplier.truth()).orders.map(({ paidCount }) => paidCount).sort(),
    /** Works on an order until it has come to an end, time passing between. */
    async finish(orderId: string): Promise<WholeOrder> {
      let order = await supplier.work(orderId);
      for (let round = 0; round < 12 && order.nextPollAt !== null; round++) {
        supplier.advance(60_000);
        order = await supplier.work(orderId);
      }
      return order;
    },
    capability: async () =>
      (await readCapabilities(supplier.ctx, supplier.ctx.account.id)).create_is_free,
    systemSignals: () =>
      db.systemSignal.findMany({ where: { clearedAt: null, subject: supplier.ctx.account.id } }),
    mirror: () =>
      db.supplierOrder.findMany({
        where: { supplierId: supplier.ctx.account.id },
        orderBy: { createdAt: "asc" },
      }),
  };
}

const outcomes = ({ attempts }: WholeOrder) =>
  attempts.map(({ kind, outcome, resolution }) => `${kind} ${outcome} ${resolution ?? ""}`.trim());

describe("a create whose answer is lost", () => {
  it.each([
    ["before it took effect", { loseReply: "before" }, 1],
    ["after it took effect", { loseReply: "after" }, 2],
    ["behind a 500 with effect", { serverError: { status: 500, effect: true } }, 2],
    ["as a page of HTML", { garble: "html" }, 2],
  ])("%s is made again after a while, and one order is paid", async (_, fault, existing) => {
    const one = await open();
    await one.rule(fault, { endpoint: "create", times: 1 });
    const orderId = await one.place(SLUG);
    const lost = await one.work(orderId);
    expect(lost).toMatchObject({ status: "submitting", leaseToken: null });
    expect(openSignals(lost)).toEqual([]);
    // Not at once: an answer that is merely late gets its chance first.
    expect(await dueInMs(db, orderId)).toBeGreaterThan(3_500);
    const order = await one.finish(orderId);
    expect(order).toMatchObject({ status: "completed" });
    expect(outcomes(order)).toEqual([
      "create unknown superseded",
      "create accepted",
      "pay accepted",
    ]);
    expect(await one.paid()).toEqual(existing === 1 ? [1] : [0, 1]);
    expect(await one.pays()).toBe(1);
    expect(await db.placementGate.count({ where: { frozenAt: { not: null } } })).toBe(0);
  });

  it("every time: made five times at most, then it is unconfirmed, and nothing is paid", async () => {
    const one = await open();
    await one.rule({ loseReply: "after" }, { endpoint: "create" });
    const orderId = await one.place(SLUG);
    for (let round = 0; round < 9; round++) {
      one.advance(120_000);
      await one.work(orderId);
    }
    const order = await one.work(orderId);
    expect(order).toMatchObject({ status: "unconfirmed", nextPollAt: null, supplierOrderId: null });
    expect(openSignals(order)).toEqual(["unconfirmed"]);
    expect(outcomes(order)).toEqual(Array(5).fill("create unknown"));
    expect(await one.creates()).toBe(5);
    expect(await one.paid()).toEqual([0, 0, 0, 0, 0]);
    expect(await db.placementGate.findMany()).toMatchObject([{ frozenAt: expect.any(Date) }]);
  });

  it("and then a refusal: rejected, since nothing was paid", async () => {
    const one = await open();
    await one.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
    const orderId = await one.place(SLUG);
    await one.work(orderId);
    await one.control("DELETE", "/rules");
    await one.control("POST", "/products", { product: SLUG, quantity: 0 });
    const order = await one.work(orderId);
    expect(order).toMatchObject({ status: "rejected", rejection: { class: "out_of_stock" } });
    expect(outcomes(order)).toEqual(["create unknown superseded", "create refused"]);
    expect(await one.paid()).toEqual([0]);
  });

  it("holds no equal order up", async () => {
    const one = await open();
    await one.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
    const [lost, other] = [await one.place(SLUG), await one.place(SLUG)];
    await one.work(lost);
    expect(await one.finish(other)).toMatchObject({ status: "completed" });
    expect(await one.finish(lost)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([0, 1, 1]);
  });
});

describe("a process that dies between sending and writing down", () => {
  it("leaves an attempt open, and the order is made again by the next", async () => {
    const one = await open();
    const orderId = await one.place(SLUG);
    // Dies with the answer in memory only.
    const dying = {
      ...one.ctx,
      reach: (point: string) =>
        point === "create_answered" ? new Promise<never>(() => undefined) : Promise.resolve(),
    };
    await makeDue(db, orderId);
    const claim = (await claimOne(dying, orderId)) ?? expect.fail("not due");
    void workOnClaim(dying, claim);
    await expect.poll(one.creates, { interval: 10, timeout: 15_000 }).toBe(1);
    await lapseLease(db, orderId);
    expect(await one.work(orderId)).toMatchObject({ status: "submitting", supplierOrderId: null });
    const order = await one.finish(orderId);
    expect(order).toMatchObject({ status: "completed" });
    expect(outcomes(order)).toEqual([
      "create unknown superseded",
      "create accepted",
      "pay accepted",
    ]);
    expect(await one.paid()).toEqual([0, 1]);
  });
});

describe("the answer of the first create, come after the second was accepted", () => {
  /** The first create's answer is held in a process's hands until the test lets it go. */
  async function twoCreates(kind: "slow" | "lost") {
    const one = await open();
    const orderId = await one.place(SLUG);
    let goOn: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow = {
      ...one.ctx,
      reach: (point: string) => (point === "create_answered" ? told : Promise.resolve()),
    };
    await makeDue(db, orderId);
    const claim = (await claimOne(slow, orderId)) ?? expect.fail("not due");
    const working = workOnClaim(slow, claim);
    await expect.poll(one.creates, { interval: 10, timeout: 15_000 }).toBe(1);
    await lapseLease(db, orderId);
    // Taken for dead: its attempt is closed as unknown, and after a wait a second one is made.
    await one.work(orderId);
    one.advance(30_000);
    if (kind === "slow") await one.work(orderId);
    return {
      ...one,
      orderId,
      async late() {
        goOn();
        await working;
        return one.work(orderId);
      },
    };
  }

  it("brings an orphan: the order keeps its own, and nothing is paid twice (I1)", async () => {
    const one = await twoCreates("slow");
    const { orders } = await one.truth();
    const order = await one.late();
    const [first, second] = orders.map(({ id }) => id);
    expect(order.supplierOrderId).toBe(second);
    expect(outcomes(order).slice(0, 2)).toEqual(["create orphaned superseded", "create accepted"]);
    expect(timelineKinds(order)).toContain("create_orphaned");
    expect(order.timeline.find(({ kind }) => kind === "create_orphaned")?.data).toEqual({
      supplierOrderId: first,
    });
    // It costs nothing, so nobody has to do anything.
    expect(openSignals(order)).toEqual([]);
    expect(await one.finish(one.orderId)).toMatchObject({ status: "completed" });
    expect(await one.truth()).toMatchObject({
      orders: [
        { id: first, paidCount: 0 },
        { id: second, paidCount: 1 },
      ],
    });
    expect(await one.pays()).toBe(1);
    expect(await one.mirror()).toMatchObject([
      { supplierOrderId: first, attribution: "orphan", orderId: null },
      { supplierOrderId: second, attribution: "ours", orderId: one.orderId },
    ]);
    // Where creating is free an unpaid leftover freezes nothing.
    expect(await db.placementGate.count({ where: { frozenAt: { not: null } } })).toBe(0);
  });

  it("changes nothing for an order that is completed by then", async () => {
    const one = await twoCreates("slow");
    const before = await one.finish(one.orderId);
    const order = await one.late();
    expect(order).toMatchObject({
      status: "completed",
      supplierOrderId: before.supplierOrderId,
      nextPollAt: null,
    });
    expect(await one.paid()).toEqual([0, 1]);
  });

  it("is the order's own where the second isn't made yet", async () => {
    const one = await twoCreates("lost");
    const order = await one.late();
    expect(order.supplierOrderId).toBe((await one.truth()).orders[0]?.id);
    expect(await one.finish(one.orderId)).toMatchObject({ status: "completed" });
    expect(await one.creates()).toBe(1);
    expect(await one.paid()).toEqual([1]);
  });
});

describe("an account that was taken for free, and charges at create", () => {
  it("is found out by the first answer: treated so from now on, and a person is told", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 0 });
    const orderId = await one.place(SLUG);
    const order = await one.work(orderId);
    expect(order.status).not.toBe("awaiting_payment");
    expect(await one.capability()).toBe(false);
    expect(await one.systemSignals()).toMatchObject([
      {
        key: "mode_fell_back",
        subject: one.ctx.account.id,
        data: { orderId, word: order.supplierWord },
      },
    ]);
    expect(await one.pays()).toBe(0);
  });

  it("isn't paid a second time by us, and a later lost create is made no second time", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 0 });
    await one.work(await one.place(SLUG));
    await one.rule({ loseReply: "after" }, { endpoint: "create" });
    const lost = await one.place(SLUG);
    expect(await one.work(lost)).toMatchObject({ status: "unconfirmed" });
    one.advance(3_600_000);
    await one.work(lost);
    expect(await one.creates()).toBe(2);
    expect(await one.paid()).toEqual([1, 1]);
  });

  it("keeps an order, whose lost create was waiting to be made again, from being made again", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 0 });
    await one.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
    const lost = await one.place(SLUG);
    expect(await one.work(lost)).toMatchObject({ status: "submitting" });
    // Meanwhile another order shows how it is.
    await one.work(await one.place("test-codes-as-objects"));
    expect(await one.capability()).toBe(false);
    const order = await one.work(lost);
    expect(order).toMatchObject({ status: "unconfirmed" });
    expect(openSignals(order)).toEqual(["unconfirmed"]);
    expect(await one.creates()).toBe(2);
    expect(await db.placementGate.findMany()).toMatchObject([{ frozenAt: expect.any(Date) }]);
  });

  it("is found out by a look, where the order is shown unpaid at first", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 4_000 });
    const orderId = await one.place(SLUG);
    expect(await one.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    expect(await one.capability()).toBe(true);
    one.advance(10_000);
    // The payment is refused, since the order is paid; the next look shows it so.
    await one.work(orderId);
    await one.work(orderId);
    expect((await one.work(orderId)).status).not.toBe("awaiting_payment");
    expect(await one.paid()).toEqual([1]);
    expect(await one.capability()).toBe(false);
  });

  it("isn't concluded from mocks, which cost nothing and may run by other rules", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 0 });
    const order = await one.work(await one.place(SLUG, { isMock: true }));
    expect(order.status).not.toBe("awaiting_payment");
    expect(await one.capability()).toBe(true);
    expect(await one.systemSignals()).toEqual([]);
  });
});
