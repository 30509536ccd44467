import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { createLog } from "#lib/platform/log.ts";
import { declareNotCreated } from "#lib/reconcile/declare-not-created.ts";
import { readOrderPage } from "#lib/reconcile/read-order-page.ts";
import { reconcileGates } from "#lib/reconcile/reconcile-gates.ts";
import type { Supplier, SupplierTraits } from "#lib/suppliers/port.ts";
import {
  POLLED_TRAITS,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimLooks } from "./claims.ts";
import {
  accepted,
  asFound,
  codes,
  refused,
  supplierItem,
  supplierOrder,
  UNREADABLE,
} from "./observations.fixture.ts";
import {
  dueInMs,
  lapseLease,
  makeDue,
  openSignals,
  place,
  plainCodes,
  timelineKinds,
  whole,
} from "./orders.fixture.ts";
import { settledAfter } from "./poll-schedule.ts";
import { workOnOrder } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const FINDING: SupplierTraits = {
  ...POLLED_TRAITS,
  ...{ payStep: "none", findsByReference: true, listsOrders: false },
};
const SETTLING_MS = 60_000;
/** From a send until nothing of it can land any more. */
const SETTLED_MS = settledAfter(new Date(0), SETTLING_MS).getTime();
let made = 0;
const newId = () => {
  made += 1;
  return `found-order-${made}`;
};

async function inDoubt(script: Partial<Supplier> = {}) {
  const clock = testClock();
  const createOrder = vi.fn<Supplier["createOrder"]>(async () => UNREADABLE);
  const findOrder = vi.fn<Supplier["findOrder"]>(async () => accepted({ kind: "none" }));
  const ctx = await testContext(
    db,
    scriptedSupplier({ traits: FINDING, createOrder, findOrder, ...script }),
    clock,
  );
  await db.supplier.update({
    where: { id: ctx.account.id },
    data: { settlingMs: SETTLING_MS },
  });
  const orderId = await place(ctx);
  const work = async () => {
    await makeDue(db, orderId);
    await workOnOrder(ctx, orderId);
    return whole(db, orderId);
  };
  const first = await work();
  expect(first).toMatchObject({ status: "unconfirmed" });
  return { ctx, clock, orderId, createOrder, findOrder, work, first };
}

describe("an order in doubt with an account that finds orders by our reference", () => {
  it("is searched for soon, by the engine's own claim, and nothing is frozen", async () => {
    const { ctx, orderId, first } = await inDoubt();
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(1_000);
    const { fingerprint, supplierId } = first;
    const gate = await db.placementGate.findUniqueOrThrow({
      where: { supplierId_fingerprint: { supplierId, fingerprint: fingerprint ?? "" } },
    });
    expect(gate.frozenAt).toBeNull();
    await makeDue(db, orderId);
    const { claims } = await claimLooks(ctx, ctx.account.id, 50);
    expect(claims.map((claim) => claim.orderId)).toContain(orderId);
    await db.order.update({
      where: { id: orderId },
      data: { leaseToken: null, leaseUntil: null },
    });
  });

  it("is claimed once it is found", async () => {
    const { ctx, orderId, findOrder, createOrder, work } = await inDoubt();
    const id = newId();
    const items = [supplierItem({ codes: codes("FOUND-1") })];
    findOrder.mockResolvedValue(
      accepted(asFound(supplierOrder("completed", { supplierOrderId: id, items }))),
    );
    const stored = await work();
    expect(findOrder).toHaveBeenCalledWith(orderId, null);
    expect(stored).toMatchObject({ status: "completed", supplierOrderId: id });
    expect(stored.attempts).toMatchObject([{ outcome: "unknown", resolution: "claimed" }]);
    expect(openSignals(stored)).toEqual([]);
    expect(await plainCodes(ctx, stored)).toEqual([["FOUND-1"]]);
    expect(createOrder).toHaveBeenCalledTimes(1);
  });

  it("is sent again only after two searches, settled and with a pause between, found nothing", async () => {
    const { clock, orderId, createOrder, work } = await inDoubt();
    expect(await work()).toMatchObject({ status: "unconfirmed", looks: 0 });
    clock.advance(SETTLED_MS - 1);
    expect(await work()).toMatchObject({ status: "unconfirmed", looks: 0 });
    clock.advance(1);
    expect(await work()).toMatchObject({ status: "unconfirmed", looks: 1 });
    expect(await dueInMs(db, orderId)).toBeGreaterThan(25_000);
    // Hurried by somebody, it proves nothing more.
    clock.advance(29_999);
    expect(await work()).toMatchObject({ status: "unconfirmed", looks: 1 });
    expect(createOrder).toHaveBeenCalledTimes(1);
    clock.advance(1);
    const proved = await work();
    expect(proved).toMatchObject({ status: "submitting" });
    expect(proved.attempts).toMatchObject([{ outcome: "unknown", resolution: "not_created" }]);
    expect(timelineKinds(proved)).toContain("not_found");
    createOrder.mockResolvedValue(
      accepted(supplierOrder("processing", { supplierOrderId: newId() })),
    );
    expect(await work()).toMatchObject({ status: "processing" });
    expect(createOrder).toHaveBeenCalledTimes(2);
    const references = createOrder.mock.calls.map(([{ reference }]) => reference);
    expect(new Set(references)).toEqual(new Set([orderId]));
  });

  it("begins anew after a search that failed between", async () => {
    const { clock, findOrder, createOrder, work } = await inDoubt();
    clock.advance(SETTLED_MS);
    await work();
    clock.advance(31_000);
    findOrder.mockResolvedValueOnce(UNREADABLE);
    expect(await work()).toMatchObject({ status: "unconfirmed", failedLooks: 1 });
    clock.advance(31_000);
    expect(await work()).toMatchObject({ status: "unconfirmed", failedLooks: 0 });
    clock.advance(31_000);
    expect(await work()).toMatchObject({ status: "submitting" });
    expect(createOrder).toHaveBeenCalledTimes(1);
  });

  it("stays in doubt where the search brings another order's goods (I2)", async () => {
    const { findOrder, work, ctx } = await inDoubt();
    const id = newId();
    const owner = await inDoubt();
    owner.findOrder.mockResolvedValue(
      accepted(asFound(supplierOrder("processing", { supplierOrderId: id }))),
    );
    expect(await owner.work()).toMatchObject({ supplierOrderId: id });
    findOrder.mockResolvedValue(
      accepted(asFound(supplierOrder("processing", { supplierOrderId: id }))),
    );
    const stored = await work();
    expect(stored).toMatchObject({ status: "unconfirmed", supplierOrderId: null, failedLooks: 1 });
    expect(ctx.account.id).toBe(owner.ctx.account.id);
  });

  it("isn't declared as not created by a person whom a search contradicts", async () => {
    const { ctx, clock, orderId, findOrder } = await inDoubt();
    clock.advance(SETTLED_MS);
    findOrder.mockResolvedValue(
      accepted(asFound(supplierOrder("processing", { supplierOrderId: newId() }))),
    );
    const input = { orderId, reason: "It isn't there", picture: null };
    const request = { address: null, correlationId: null };
    await expect(declareNotCreated(ctx, testActor("admin"), input, request)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await whole(db, orderId)).toMatchObject({ status: "processing" });
  });

  it("holds back nothing by a gate that was frozen when the account was counted", async () => {
    const { ctx, orderId, first } = await inDoubt();
    const { fingerprint, supplierId } = first;
    await db.$executeRaw`
      update placement_gates set frozen_at = now(), next_pass_at = now() - interval '1 second', waits_for = 'outstanding'
      where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint}`;
    await db.order.update({ where: { id: orderId }, data: { nextPollAt: null } });
    await reconcileGates(ctx);
    const gate = await db.placementGate.findUniqueOrThrow({
      where: { supplierId_fingerprint: { supplierId, fingerprint: fingerprint ?? "" } },
    });
    expect(gate).toMatchObject({ frozenAt: null, nextPassAt: null });
    expect(await dueInMs(db, orderId)).toBeLessThanOrEqual(0);
  });
});

describe("a search of several pages", () => {
  const more = (page: number) => accepted({ kind: "more" as const, next: `page-${page}` });
  /** So few calls that none more comes while the test runs. */
  const giveCalls = (ctx: { account: { id: string } }, pollTokens: number) =>
    db.callBudget.update({
      where: { supplierId: ctx.account.id },
      data: {
        ...{ callsPerMinute: 12, rate: 12, refilledAt: new Date(), pollTokens },
        ...{ purchaseTokens: 0, reconcileTokens: 0, refreshTokens: 0, spareTokens: 0 },
      },
    });
  afterEach(async () => {
    await db.callBudget.deleteMany();
    await db.supplier.updateMany({ data: { blockedUntil: null } });
  });
  const cursors = (findOrder: { mock: { calls: unknown[][] } }) =>
    findOrder.mock.calls.map(([, cursor]) => cursor);
  const progress = (orderId: string) => db.orderSearch.findUnique({ where: { orderId } });

  it("goes on to the end, each page by a call of its own, and leaves nothing behind", async () => {
    const { ctx, orderId, clock, findOrder, work } = await inDoubt();
    clock.advance(SETTLED_MS);
    findOrder.mockResolvedValueOnce(more(1)).mockResolvedValueOnce(more(2));
    expect(await work()).toMatchObject({ status: "unconfirmed", looks: 1, failedLooks: 0 });
    expect(cursors(findOrder)).toEqual([null, "page-1", "page-2"]);
    await ctx.suppliers.flushCounts(ctx);
    const counted = { supplierId: ctx.account.id, what: "find" };
    const { _sum } = await db.callCount.aggregate({ where: counted, _sum: { calls: true } });
    expect(_sum.calls).toBeGreaterThanOrEqual(3);
    expect(await progress(orderId)).toBeNull();
  });

  it("stops where the budget ends (I12), is nothing like a no, and goes on from there", async () => {
    const { ctx, orderId, clock, findOrder, createOrder, work } = await inDoubt();
    clock.advance(SETTLED_MS);
    const began = clock.now();
    findOrder.mockResolvedValueOnce(more(1)).mockResolvedValueOnce(more(2));
    await giveCalls(ctx, 1);
    const left = await work();
    expect(left).toMatchObject({ status: "unconfirmed", looks: 0, leaseToken: null });
    expect(timelineKinds(left)).not.toContain("not_found");
    expect(cursors(findOrder)).toEqual([null]);
    expect(await progress(orderId)).toMatchObject({ cursor: "page-1", beganAt: began, pages: 1 });
    clock.advance(40_000);
    await giveCalls(ctx, 1);
    await work();
    expect(await progress(orderId)).toMatchObject({ cursor: "page-2", beganAt: began, pages: 2 });
    await giveCalls(ctx, 1);
    // It counts by when its first page was read.
    expect(await work()).toMatchObject({ status: "unconfirmed", looks: 1 });
    expect(cursors(findOrder)).toEqual([null, "page-1", "page-2"]);
    expect(createOrder).toHaveBeenCalledTimes(1);
  });

  it("isn't taken for a no by a search that began before anything could land", async () => {
    const { clock, orderId, findOrder, work } = await inDoubt();
    findOrder.mockResolvedValueOnce(more(1)).mockResolvedValueOnce(refused("transient"));
    await work();
    expect(await progress(orderId)).toMatchObject({ cursor: "page-1" });
    clock.advance(SETTLED_MS);
    expect(await work()).toMatchObject({ status: "unconfirmed" });
    clock.advance(31_000);
    // Two answers of "none" by now, and one proves nothing.
    expect(await work()).toMatchObject({ status: "unconfirmed" });
    clock.advance(31_000);
    expect(await work()).toMatchObject({ status: "submitting" });
  });

  it("goes on after a process that died between two pages, or anew after an hour", async () => {
    const { ctx, clock, orderId, findOrder, work } = await inDoubt();
    const dies = async () => {
      findOrder.mockResolvedValueOnce(more(1));
      await makeDue(db, orderId);
      const reach = async (point: string) => {
        if (point === "search_page_read") throw new Error("killed");
      };
      await workOnOrder({ ...ctx, log: createLog("silent", []), reach }, orderId);
      await lapseLease(db, orderId);
    };
    await dies();
    await work();
    expect(cursors(findOrder)).toEqual([null, "page-1"]);
    await dies();
    clock.advance(61 * 60_000);
    await work();
    expect(cursors(findOrder)).toEqual([null, "page-1", null, null]);
  });

  it("begins anew after a page that makes no sense", async () => {
    const { orderId, findOrder, work } = await inDoubt();
    findOrder.mockResolvedValueOnce(more(1)).mockResolvedValueOnce(UNREADABLE);
    expect(await work()).toMatchObject({ failedLooks: 1 });
    expect(await progress(orderId)).toBeNull();
  });

  it("ends where there is too much to be read: nobody searches any more, and a person decides", async () => {
    const { ctx, clock, orderId, findOrder, createOrder, work } = await inDoubt();
    clock.advance(SETTLED_MS);
    let page = 0;
    findOrder.mockImplementation(async () => more(++page));
    const ended = await work();
    expect(ended).toMatchObject({ status: "unconfirmed", nextPollAt: null });
    expect(findOrder).toHaveBeenCalledTimes(50);
    expect(ended.timeline.at(-1)).toMatchObject({ kind: "search_too_long", data: { pages: 50 } });
    expect(openSignals(ended)).toContain("unconfirmed");
    expect(await progress(orderId)).toBeNull();
    const asha = testActor("admin");
    const shown = await readOrderPage(ctx, asha, orderId);
    expect(shown?.evidence).toMatchObject({
      searchedInVain: { pages: 50 },
      may: { sendAgain: true },
    });
    // What a person says is believed, and asks for nothing more.
    const input = { orderId, reason: "It isn't among theirs", picture: null };
    const request = { address: null, correlationId: null };
    expect(await declareNotCreated(ctx, asha, input, request)).toEqual({ kind: "done" });
    expect(findOrder).toHaveBeenCalledTimes(50);
    createOrder.mockResolvedValue(
      accepted(supplierOrder("processing", { supplierOrderId: newId() })),
    );
    expect(await work()).toMatchObject({ status: "processing" });
  });

  it("isn't waited for without end by a person: who asks again goes on with it", async () => {
    const { ctx, clock, orderId, findOrder } = await inDoubt();
    clock.advance(SETTLED_MS);
    let page = 0;
    findOrder.mockImplementation(async () => {
      clock.advance(11_000);
      return page === 3 ? accepted({ kind: "none" }) : more(++page);
    });
    const declare = () =>
      declareNotCreated(
        ctx,
        testActor("admin"),
        { orderId, reason: "It isn't there", picture: null },
        { address: null, correlationId: null },
      );
    expect(await declare()).toMatchObject({
      kind: "not_listed",
      problem: expect.stringContaining("2 pages"),
    });
    expect(await declare()).toEqual({ kind: "done" });
    expect(cursors(findOrder)).toEqual([null, "page-1", "page-2", "page-3"]);
  });
});
