import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { codes, supplierItem, supplierOrder } from "#lib/orders/observations.fixture.ts";
import { mapOrder } from "#lib/suppliers/foxreload/map-order.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { fingerprintOf } from "./basket.ts";
import { attributeToOrder, mirrorOrders, setAttribution } from "./mirror.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const supplierId = ctx.account.id;
let id: string;
let ids = 0;

beforeEach(() => {
  id = `supplier-order-${++ids}`;
});

const shown = (facts: Partial<SupplierOrder> = {}) =>
  supplierOrder("processing", { supplierOrderId: id, ...facts });
const see = (...orders: SupplierOrder[]) =>
  db.$transaction((tx) => mirrorOrders(tx, ctx, supplierId, orders));
const row = (supplierOrderId = id) =>
  db.supplierOrder.findUniqueOrThrow({
    where: { supplierId_supplierOrderId: { supplierId, supplierOrderId } },
  });
const orderOfOurs = async () =>
  (
    await createOrder(db, supplierId, {
      status: "submitting",
      supplierOrderId: null,
    })
  ).order.id;
const give = (orderId: string, order = shown()) =>
  db.$transaction((tx) => attributeToOrder(tx, ctx, supplierId, order, orderId, "answer"));

describe("mirroring (I16)", () => {
  it("writes an order down as it was shown, without its codes", async () => {
    const createdAt = new Date("2026-11-21T05:59:58Z");
    const items = [
      supplierItem({ quantity: 2, note: { login: "asha" }, codes: codes("SECRET-1") }),
    ];
    expect(await see(shown({ items, createdAt }))).toBe(1);
    const lines = [{ productId: "product_x", quantity: 2, note: { login: "asha" } }];
    expect(await row()).toMatchObject({
      state: "processing",
      word: "processing",
      currency: "USD",
      isMock: false,
      items: lines,
      fingerprint: fingerprintOf({ lines, currency: "USD", isMock: false }),
      createdAt,
      firstSeenAt: clock.now(),
      lastSeenAt: clock.now(),
      attribution: null,
      orderId: null,
      alertedAt: null,
    });
    expect(JSON.stringify(await row())).not.toContain("SECRET");
  });

  it("is the same however often, and tells how many are new", async () => {
    const orders = [shown(), shown({ supplierOrderId: `${id}-b` })];
    expect(await see(...orders)).toBe(2);
    const before = await row();
    expect(await see(...orders)).toBe(0);
    expect(await row()).toEqual(before);
    expect(await see(...orders, shown({ supplierOrderId: `${id}-c` }))).toBe(1);
  });

  it("keeps one row for an id in either case, and of a page that shows an order twice", async () => {
    const twice = shown({
      supplierOrderId: id.toUpperCase(),
      word: "completed",
      state: "completed",
    });
    expect(await see(shown(), twice)).toBe(1);
    expect(await row()).toMatchObject({ state: "completed" });
    expect(await see(shown({ supplierOrderId: id.toUpperCase() }))).toBe(0);
  });

  it("keeps how the supplier spells an id, since it may know no other way", async () => {
    await see(shown({ supplierOrderId: `${id}-ABC` }));
    expect(await row(`${id}-abc`)).toMatchObject({ spelling: `${id}-ABC` });
  });

  it("keeps the first time of creation, and takes one that comes later only where there was none", async () => {
    const [first, second] = [new Date("2026-11-21T05:00:00Z"), new Date("2026-11-21T06:00:00Z")];
    await see(shown({ createdAt: null }));
    await see(shown({ createdAt: first }));
    await see(shown({ createdAt: second }));
    await see(shown({ createdAt: null }));
    expect((await row()).createdAt).toEqual(first);
  });

  it("keeps since when it is known, and moves when it was last seen", async () => {
    await see(shown());
    const { firstSeenAt } = await row();
    clock.advance(60_000);
    await see(shown());
    expect(await row()).toMatchObject({ firstSeenAt, lastSeenAt: clock.now() });
    // An answer that was slow to be written down.
    const late = { ...ctx, now: () => new Date(clock.now().getTime() - 30_000) };
    await db.$transaction((tx) => mirrorOrders(tx, late, supplierId, [shown()]));
    expect((await row()).lastSeenAt).toEqual(clock.now());
  });

  it("forgets nothing that a later answer leaves out", async () => {
    await see(shown({ totalPrice: "4.75" }));
    const before = await row();
    await see(shown({ totalPrice: null, currency: null, isMock: null, items: [] }));
    expect(await row()).toMatchObject({
      total: before.total,
      currency: "USD",
      isMock: false,
      items: before.items,
      fingerprint: before.fingerprint,
    });
  });

  it("follows state and word, and whose it is stays", async () => {
    await see(shown());
    await give(await orderOfOurs());
    const { orderId, attributedAt } = await row();
    clock.advance(1_000);
    await see(shown({ state: "completed", word: "completed" }));
    expect(await row()).toMatchObject({
      state: "completed",
      attribution: "ours",
      orderId,
      attributedAt,
    });
  });

  it("belongs to its account", async () => {
    const other = await db.supplier.create({ data: { slug: ctx.newId(), kind: "x", name: "X" } });
    await see(shown());
    await db.$transaction((tx) => mirrorOrders(tx, ctx, other.id, [shown()]));
    expect(await db.supplierOrder.count({ where: { supplierOrderId: id } })).toBe(2);
  });

  it("of nothing does nothing", async () => {
    expect(await see()).toBe(0);
  });

  it("by many at once leaves each order once", async () => {
    const orders = Array.from({ length: 50 }, (_, at) => shown({ supplierOrderId: `${id}-${at}` }));
    const counts = await Promise.all(
      Array.from({ length: 6 }, (_, at) => see(...(at % 2 ? orders : orders.toReversed()))),
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(50);
  });

  it("holds any text and number that an answer may bring", async () => {
    const hostile = mapOrder(
      {
        id,
        status: "o\u0000n\ud800 hold'); drop table orders; --".repeat(50),
        totalPrice: "99999999999999999999.123456",
        currency: "usd\u0000",
        createdAt: "0000-99-99T99:99:99Z",
        isMock: "perhaps",
        items: [
          {
            product: { id: "p\u0000\ud800" },
            quantity: 1e300,
            note: { "\u0000": "\ud800", __proto__: 1 },
          },
          { product: null, quantity: -1, note: [1] },
          null,
        ],
      } as never,
      "test-key",
    );
    if (!hostile) throw new Error("not understood");
    expect(await see(hostile)).toBe(1);
    expect(await row()).toMatchObject({ total: null, createdAt: null, attribution: null });
    expect(await see(hostile)).toBe(0);
  });

  it.each(["1e5", "abc", "-1", "999999999999999999.99", ""])(
    "leaves a total of %j out, or keeps it as money",
    async (totalPrice) => {
      expect(await see(shown({ totalPrice }))).toBe(1);
      const { total } = await row();
      expect(total === null || Math.abs(total.toNumber()) < 1e14).toBe(true);
    },
  );
});

describe("an owner (I2)", () => {
  it("is written down with the supplier order, seen before or not", async () => {
    const orderId = await orderOfOurs();
    await give(orderId);
    expect(await row()).toMatchObject({
      attribution: "ours",
      orderId,
      attributedBy: "answer",
      attributedAt: clock.now(),
      alertedAt: null,
    });
  });

  it("has one supplier order: a second is refused", async () => {
    const orderId = await orderOfOurs();
    await give(orderId);
    const second = shown({ supplierOrderId: `${id}-b` });
    await expect(give(orderId, second)).rejects.toMatchObject({ code: "P2002" });
    expect(await row()).toMatchObject({ orderId });
  });

  it("is one: another order of ours is refused, in whatever case the id is spelt", async () => {
    const [owner, other] = [await orderOfOurs(), await orderOfOurs()];
    await give(owner);
    for (const supplierOrderId of [id, id.toUpperCase()]) {
      await expect(give(other, shown({ supplierOrderId }))).rejects.toThrow();
    }
    expect(await row()).toMatchObject({ orderId: owner });
  });

  it("is one of two who ask at once", async () => {
    const orders = [await orderOfOurs(), await orderOfOurs()];
    const results = await Promise.allSettled(orders.map((orderId) => give(orderId)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is asked for anew by the same order without harm", async () => {
    const orderId = await orderOfOurs();
    await give(orderId);
    await give(orderId);
    expect(await row()).toMatchObject({ orderId, attribution: "ours" });
  });

  it("ends an alert", async () => {
    await see(shown());
    await db.supplierOrder.updateMany({
      where: { supplierOrderId: id },
      data: { alertedAt: clock.now() },
    });
    await db.$transaction((tx) =>
      setAttribution(tx, ctx, supplierId, id.toUpperCase(), {
        attribution: "foreign",
        by: "Asha Rao",
        reason: "another shop's",
      }),
    );
    expect(await row()).toMatchObject({
      attribution: "foreign",
      attributedBy: "Asha Rao",
      reason: "another shop's",
      alertedAt: null,
    });
    await db.$transaction((tx) => setAttribution(tx, ctx, supplierId, id, { attribution: null }));
    expect(await row()).toMatchObject({
      attribution: null,
      attributedAt: null,
      attributedBy: null,
      reason: null,
    });
  });
});
