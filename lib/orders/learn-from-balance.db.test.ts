/** Finding out from the account's balance whether creating an order costs money. */
import { afterAll, describe, expect, it } from "vitest";
import { learnCapability, readCapabilities } from "#lib/placement/capabilities.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import { makeDue, whole } from "./orders.fixture.ts";
import { openSupplier } from "./simulated.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const SLUG = "test-plain-codes";

/** An account of which nothing is known yet. */
async function open(options: Parameters<typeof openSupplier>[1] = {}) {
  const supplier = await openSupplier(db, { createIsFree: null, ...options });
  const { ctx } = supplier;
  return {
    ...supplier,
    known: async () => (await readCapabilities(ctx, ctx.account.id)).create_is_free,
    learnt: () => db.supplierCapability.findFirst({ where: { supplierId: ctx.account.id } }),
    asked: async () => (await supplier.requests()).filter((one) => one === "GET balances").length,
    /** Created, and paid. */
    async buy(facts: Parameters<typeof supplier.place>[1] = {}) {
      const orderId = await supplier.place(SLUG, facts);
      await supplier.work(orderId);
      await supplier.work(orderId);
      supplier.advance(120_000);
      return whole(db, orderId);
    },
    moved: async (orderId: string) =>
      (await whole(db, orderId)).attempts.find(({ kind }) => kind === "create")?.balanceMoved,
  };
}

describe("an account that charges when an order is paid", () => {
  it("is known to be free to create at after three orders whose balance didn't move, and were paid", async () => {
    const one = await open();
    for (const known of [undefined, undefined, true]) {
      const order = await one.buy();
      expect(order.status).toBe("paid");
      expect(await one.moved(order.id)).toBe(false);
      expect(await one.known()).toBe(known);
    }
    expect(await one.learnt()).toMatchObject({ learntFrom: "answers" });
    // Before and after each create and payment; once it is known, never again.
    expect(await one.asked()).toBe(12);
    await one.buy();
    expect(await one.asked()).toBe(12);
  });

  it("isn't, by orders that were created and not paid", async () => {
    const one = await open();
    for (let count = 0; count < 5; count++) {
      await one.work(await one.place(SLUG));
      one.advance(60_000);
    }
    expect(await one.known()).toBeUndefined();
  });

  it("isn't, by mocks: nothing is asked for them, and nothing is concluded", async () => {
    const one = await open();
    for (let count = 0; count < 4; count++) {
      const order = await one.buy({ isMock: true });
      expect(await one.moved(order.id)).toBeNull();
    }
    expect(await one.asked()).toBe(0);
    expect(await one.known()).toBeUndefined();
  });

  it("isn't, by an order beside which another one was under way: the balance tells of both", async () => {
    const one = await open();
    const [first, second] = [await one.place(SLUG), await one.place("test-codes-as-objects")];
    const beside = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point !== "create_permit_committed") return;
        one.advance(1);
        await one.work(second);
      },
    };
    await makeDue(db, first);
    await workOnClaim(beside, (await claimOne(beside, first)) ?? expect.fail("not due"));
    expect(await one.moved(first)).toBeNull();
    expect(await whole(db, first)).toMatchObject({ status: "awaiting_payment" });
  });

  it("isn't, where the balance can't be read; the order is placed all the same", async () => {
    const one = await open();
    await one.rule({ serverError: { effect: false } }, { endpoint: "balances" });
    for (let count = 0; count < 4; count++) {
      const order = await one.buy();
      expect(order.status).toBe("paid");
      expect(await one.moved(order.id)).toBeNull();
    }
    expect(await one.known()).toBeUndefined();
  });

  it("isn't, by a balance that sank for another reason: one such order doesn't count", async () => {
    const one = await open();
    await one.rule(
      { balance: { currency: "usd", available: "2499.98" } },
      { endpoint: "create", times: 1 },
    );
    const order = await one.buy();
    expect(await one.moved(order.id)).toBe(true);
    expect(await one.known()).toBeUndefined();
    for (const known of [undefined, undefined, true]) {
      await one.buy();
      expect(await one.known()).toBe(known);
    }
  });

  it("isn't, where the balance never moves, not even by payments: it tells nothing", async () => {
    const one = await open();
    await one.rule({ balance: { currency: "usd", available: "2500" } }, { endpoint: "balances" });
    for (let count = 0; count < 5; count++) {
      expect((await one.buy()).status).toBe("paid");
      expect(await one.known()).toBeUndefined();
    }
  });

  it("isn't, by a create beside which somebody topped the account up", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 60_000 });
    await one.rule(
      { balance: { currency: "usd", available: "9000" } },
      { endpoint: "create", times: 1 },
    );
    const orderId = await one.place(SLUG);
    await one.work(orderId);
    expect(await one.moved(orderId)).toBeNull();
  });

  it("isn't, once it was found out otherwise meanwhile", async () => {
    const one = await open();
    for (let count = 0; count < 2; count++) await one.buy();
    const orderId = await one.place(SLUG);
    await one.work(orderId);
    const { ctx } = one;
    await learnCapability(ctx, ctx.account.id, "create_is_free", false, "answers");
    await one.work(orderId);
    expect(await one.known()).toBe(false);
  });

  it("and counts as one that may charge until it is known: a lost create is made no second time", async () => {
    const one = await open();
    await one.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
    const orderId = await one.place(SLUG);
    expect(await one.work(orderId)).toMatchObject({ status: "unconfirmed" });
    expect(await one.known()).toBeUndefined();
  });
});

describe("an account that charges when an order is created", () => {
  it("is known so after the first, shown unpaid as it may be", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 60_000 });
    const orderId = await one.place(SLUG);
    expect(await one.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    expect(await one.moved(orderId)).toBe(true);
    expect(await one.learnt()).toMatchObject({ value: false, learntFrom: "answers" });
    // It was never taken for free: nobody has to be told.
    expect(await db.systemSignal.findMany({ where: { subject: one.ctx.account.id } })).toEqual([]);
  });

  it("is known so by its word, where the balance can't be read", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 0 });
    await one.rule({ serverError: { effect: false } }, { endpoint: "balances" });
    await one.work(await one.place(SLUG));
    expect(await one.known()).toBe(false);
  });

  it("is never taken for free, whatever is bought", async () => {
    const one = await open({ createCharges: true, chargedActiveMs: 60_000 });
    for (let count = 0; count < 5; count++) {
      await one.buy();
      expect(await one.known()).toBe(false);
    }
  });
});
