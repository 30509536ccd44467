import { afterAll, afterEach, describe, expect, it } from "vitest";
import {
  accepted,
  refused,
  supplierItem,
  supplierOrder,
  UNKNOWN,
} from "#lib/orders/observations.fixture.ts";
import { openSignals, place, whole } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { adoptSupplierOrder } from "./adopt-supplier-order.ts";
import { auditAccounts } from "./audit-accounts.ts";
import { readOrderPage } from "./read-order-page.ts";
import { type Account, OBJECTS, openAccount, PLAIN, REQUEST } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
let one: Account;
const open = async (options: Parameters<typeof openAccount>[1] = {}) => {
  one = await openAccount(db, { account: { isExclusive: false }, ...options });
};
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const adopt = (orderId: string, supplierOrderId: string, picture: string | null = null) =>
  adoptSupplierOrder(
    one.ctx,
    asha,
    { orderId, supplierOrderId, picture, reason: "It is this one." },
    REQUEST,
  );

describe("adopting", () => {
  it("gives an unconfirmed order its supplier order, and the order goes on to its codes", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.pass();
    const [theirs = ""] = await one.theirs();
    expect(await adopt(orderId, theirs, await one.picture(orderId))).toEqual({ kind: "done" });
    const order = await one.order(orderId);
    expect(order).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: theirs,
      attempts: [{ outcome: "unknown", resolution: "claimed" }],
    });
    expect(openSignals(order)).toEqual([]);
    expect(order.timeline.find(({ kind }) => kind === "adopted")).toMatchObject({
      actor: "Asha Rao",
      data: { supplierOrderId: theirs, reason: "It is this one." },
    });
    expect(await one.row(theirs)).toMatchObject({
      attribution: "ours",
      orderId,
      attributedBy: "Asha Rao",
    });
    expect(
      await db.auditEntry.findFirst({ where: { objectId: orderId, action: "order.adopted" } }),
    ).toMatchObject({ details: { supplierOrderId: theirs } });
    expect(await one.pass()).toMatchObject({ frozenAt: null });
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1]);
  });

  it("chooses among more than were sent; what is left is nobody's until it is marked", async () => {
    await open();
    const orderId = await one.lost("after");
    const foreign = await one.foreign();
    await one.pass();
    expect(await one.gate()).toMatchObject({ waitsFor: "person" });
    await adopt(orderId, foreign, await one.picture(orderId));
    expect(await one.order(orderId)).toMatchObject({ supplierOrderId: foreign });
    expect(await one.pass()).toMatchObject({
      waitsFor: "person",
      waitsWhy: expect.stringContaining("nobody's"),
    });
  });

  it("serves an order that waits, with goods that are there already: nothing is bought for it", async () => {
    await open();
    await one.work(await one.place(PLAIN));
    const stock = await one.foreign();
    await one.audit();
    const waiting = await one.place(PLAIN);
    expect(openSignals(await one.work(waiting))).toEqual(["waits_for_twin"]);
    expect(await adopt(waiting, stock, await one.picture(waiting))).toEqual({ kind: "done" });
    const order = await one.order(waiting);
    expect(order).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: stock,
      attempts: [],
    });
    expect(openSignals(order)).toEqual([]);
    expect(await one.signals()).toEqual([]);
    expect(await one.pass()).toMatchObject({ frozenAt: null });
    expect(await one.finish(waiting)).toMatchObject({ status: "completed" });
    expect(await one.count("POST create")).toBe(1);
    expect(await one.paid()).toEqual([0, 1]);
  });

  it("takes a supplier order that somebody has paid already, and pays nothing more", async () => {
    await open();
    const orderId = await one.lost("after");
    const [theirs = ""] = await one.theirs();
    await one.pay(theirs);
    one.advance(10_000);
    await adopt(orderId, theirs);
    expect(await one.order(orderId)).toMatchObject({ status: "completed", nextPollAt: null });
    expect(await one.paid()).toEqual([1]);
    expect(await one.count("POST pay")).toBe(1);
  });

  it("takes one that is cancelled, and the order ends with it", async () => {
    await open();
    const orderId = await one.lost("after");
    one.advance(3_600_000);
    await one.pass();
    await adopt(orderId, (await one.theirs())[0] ?? "");
    expect(await one.order(orderId)).toMatchObject({ status: "cancelled", nextPollAt: null });
  });

  it("ends an extra supplier order's signal at the order that it came for", async () => {
    await open();
    const orderId = await one.lost("after");
    await one.pass();
    // Counted out as not created, sent again, and then the first one's goods turn up.
    const [theirs = ""] = await one.theirs();
    const signal = { key: "extra_supplier_order", openedAt: one.ctx.now() };
    const other = await one.place(OBJECTS);
    await db.orderSignal.create({
      data: { id: one.ctx.newId(), orderId: other, ...signal, data: { supplierOrderId: theirs } },
    });
    await adopt(orderId, theirs);
    expect(openSignals(await one.order(other))).toEqual([]);
  });
});

describe("adopting is refused", () => {
  it("for a supplier order with other goods, or another quantity, or a mock (invalid picture or not)", async () => {
    await open();
    const orderId = await one.lost("after");
    const others = [
      await one.foreign(OBJECTS),
      await one.foreign(PLAIN, {}, 2),
      await one.foreign(PLAIN, { isMock: true }),
    ];
    for (const other of others) {
      await expect(adopt(orderId, other)).rejects.toMatchObject({ code: "conflict" });
      expect(await one.row(other)).toMatchObject({ orderId: null });
    }
    expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
  });

  it("for one that is another order's, foreign, or older than the send (I2)", async () => {
    await open();
    const old = await one.foreign();
    one.advance(3 * 3_600_000);
    const owner = await one.place(PLAIN);
    await one.work(owner);
    const { supplierOrderId: owned } = await one.order(owner);
    const orderId = await one.lost("before");
    for (const id of [owned ?? "", old]) {
      await expect(adopt(orderId, id)).rejects.toMatchObject({ code: "conflict" });
    }
    expect(await one.row(owned ?? "")).toMatchObject({ orderId: owner });
  });

  it.each(["00000000-0000-4000-8000-000000000000", "../../admin", "", "\u0000"])(
    "for %j, which the supplier doesn't know",
    async (id) => {
      await open();
      const orderId = await one.lost("after");
      expect(await adopt(orderId, id)).toMatchObject({ kind: "not_listed" });
      expect(await one.order(orderId)).toMatchObject({ status: "unconfirmed" });
    },
  );
});

it("works at a supplier that tells capital letters in its ids from small ones", async () => {
  const supplierOrderId = "ORDER-01ABC";
  const theirs = supplierOrder("awaiting_payment", {
    supplierOrderId,
    items: [supplierItem({ productId: "product_capital" })],
    createdAt: new Date(),
  });
  const ctx = await testContext(
    db,
    scriptedSupplier({
      createOrder: async () => UNKNOWN,
      listOrders: async () => accepted({ items: [theirs], next: null }),
      getOrder: async (id) => (id === supplierOrderId ? accepted(theirs) : refused("not_found")),
    }),
  );
  const orderId = await place(ctx, { externalId: "product_capital" });
  await workOnOrder(ctx, orderId);
  await db.supplier.updateMany({ data: { auditedAt: null, auditLeaseUntil: null } });
  await auditAccounts(ctx);
  const page = await readOrderPage(ctx, asha, orderId);
  const [candidate] = page?.evidence?.candidates ?? [];
  const input = {
    orderId,
    supplierOrderId: candidate?.supplierOrderId ?? expect.fail("no candidate"),
    picture: page?.evidence?.picture ?? null,
    reason: "It is this one.",
  };
  expect(await adoptSupplierOrder(ctx, asha, input, REQUEST)).toEqual({ kind: "done" });
  // It is looked at and paid by the id that the supplier gave it.
  expect(await whole(db, orderId)).toMatchObject({ supplierOrderId });
});
