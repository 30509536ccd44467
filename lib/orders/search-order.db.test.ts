import { afterAll, describe, expect, it, vi } from "vitest";
import { declareNotCreated } from "#lib/reconcile/declare-not-created.ts";
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
  codes,
  supplierItem,
  supplierOrder,
  UNREADABLE,
} from "./observations.fixture.ts";
import {
  dueInMs,
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
  const findOrder = vi.fn<Supplier["findOrder"]>(async () => accepted(null));
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
      accepted(supplierOrder("completed", { supplierOrderId: id, items })),
    );
    const stored = await work();
    expect(findOrder).toHaveBeenCalledWith(orderId);
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
      accepted(supplierOrder("processing", { supplierOrderId: id })),
    );
    expect(await owner.work()).toMatchObject({ supplierOrderId: id });
    findOrder.mockResolvedValue(accepted(supplierOrder("processing", { supplierOrderId: id })));
    const stored = await work();
    expect(stored).toMatchObject({ status: "unconfirmed", supplierOrderId: null, failedLooks: 1 });
    expect(ctx.account.id).toBe(owner.ctx.account.id);
  });

  it("isn't declared as not created by a person whom a search contradicts", async () => {
    const { ctx, clock, orderId, findOrder } = await inDoubt();
    clock.advance(SETTLED_MS);
    findOrder.mockResolvedValue(
      accepted(supplierOrder("processing", { supplierOrderId: newId() })),
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
