/** Attributing every supplier order for ever (I16), at the simulator. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { makeDue } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, OBJECTS, openAccount, PLAIN, SETTLED_MS } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let one: Account;
async function open(options: Parameters<typeof openAccount>[1] = {}) {
  one = await openAccount(db, options);
  return one;
}
/** An account from which something was sent, a while ago: what comes now doesn't predate us. */
async function inUse(options: Parameters<typeof openAccount>[1] = {}) {
  await open(options);
  await one.finish(await one.place("test-account"));
  one.advance(1_800_000);
  return one;
}
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const attributions = async () => (await one.mirror()).map(({ attribution }) => attribution);
const gateFor = async (orderId: string) => {
  const { supplierId, fingerprint } = await one.order(orderId);
  return db.placementGate.findUnique({
    where: { supplierId_fingerprint: { supplierId, fingerprint: fingerprint ?? "" } },
  });
};

describe("what an audit makes of the list", () => {
  it("before anything was ever sent from here: all of it predates us, and nobody is alarmed", async () => {
    await open();
    for (let count = 0; count < 3; count++) await one.foreign();
    await one.audit();
    expect(await attributions()).toEqual(["predates", "predates", "predates"]);
    expect(await one.signals()).toEqual([]);
  });

  it("our own orders are ours, however they are found", async () => {
    await inUse();
    await one.finish(await one.place(PLAIN));
    await one.lost("after");
    await one.pass();
    await one.audit();
    expect(await attributions()).toEqual(["ours", "ours", "ours"]);
    expect(await one.signals()).toEqual([]);
  });

  it("somebody else's is shown to a person, once, with a signal that counts them", async () => {
    await inUse();
    const theirs = await one.foreign();
    await one.audit();
    const row = await one.row(theirs);
    expect(row).toMatchObject({ attribution: null, alertedAt: one.ctx.now() });
    await one.foreign(OBJECTS);
    await one.audit();
    expect((await one.row(theirs)).alertedAt).toEqual(row.alertedAt);
    expect(
      await db.systemSignal.findMany({ where: { subject: one.supplierId, clearedAt: null } }),
    ).toMatchObject([{ key: "unattributed_supplier_order", data: { count: 2 } }]);
  });

  it.each([
    [25 * 3_600_000, "predates"],
    [23 * 3_600_000, null],
  ])(
    "one dated %i ms before our first send and seen later: %s, since clocks may be off",
    async (ms, attribution) => {
      await open();
      const theirs = await one.foreign();
      one.advance(ms);
      await one.work(await one.place("test-account"));
      await one.audit();
      expect(await one.row(theirs)).toMatchObject({
        attribution,
        alertedAt: attribution === null ? one.ctx.now() : null,
      });
    },
  );

  it("one that was seen before our first send predates us, however young it is", async () => {
    await open();
    const theirs = await one.foreign();
    await one.audit();
    one.advance(10_000);
    await one.work(await one.place(PLAIN));
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ attribution: "predates", alertedAt: null });
  });

  it("of goods that we order too: nothing more of them is sent until a person has said whose it is", async () => {
    await inUse();
    const known = await one.place(PLAIN);
    await one.work(known);
    const theirs = await one.foreign();
    await one.audit();
    expect(await gateFor(known)).toMatchObject({ frozenAt: expect.any(Date) });
    const waiting = await one.place(PLAIN);
    const stored = await one.work(waiting);
    expect(stored.signals).toMatchObject([{ key: "waits_for_twin", data: { twin: null } }]);
    expect(await one.page(waiting)).toMatchObject({
      evidence: null,
      waitsFor: { twin: null, supplierOrders: [{ supplierOrderId: theirs, match: "same" }] },
    });
    expect(await one.pass()).toMatchObject({
      waitsFor: "person",
      waitsWhy: expect.stringContaining("Adopt it, or mark it as foreign"),
    });
    expect((await one.theirs()).length).toBe(3);
  });

  it("of other goods, or cancelled, holds nothing back", async () => {
    await inUse();
    const known = await one.place(PLAIN);
    await one.work(known);
    await one.foreign(OBJECTS);
    await one.rule({ cancel: { reason: "user_request", when: "unpaid" } }, { endpoint: "create" });
    await one.foreign();
    await one.control("DELETE", "/rules");
    one.advance(3_600_000);
    await one.audit();
    expect(await gateFor(known)).toMatchObject({ frozenAt: null });
    expect(await one.signals()).toEqual(["unattributed_supplier_order"]);
  });

  it("one that an unclear send may explain is left to the counting", async () => {
    await inUse();
    await one.lost("after");
    await one.audit();
    expect(await attributions()).toEqual(["ours", null]);
    expect((await one.mirror()).map(({ alertedAt }) => alertedAt)).toEqual([null, null]);
    expect(await one.signals()).toEqual([]);
  });

  it("one that a send under way may explain is left alone, also on the very same moment", async () => {
    await inUse();
    const orderId = await one.place(PLAIN);
    const auditing = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point === "create_answered") await one.audit();
      },
    };
    await makeDue(db, orderId);
    await workOnOrder(auditing, orderId);
    expect(await attributions()).toEqual(["ours", "ours"]);
    expect(await one.signals()).toEqual([]);
  });
});

describe("a create that lands later than anybody expected", () => {
  const lateBy = (ms: number) => one.rule({ landLateMs: ms }, { endpoint: "create", times: 1 });

  it("is told within a minute, and keeps its basket frozen (I16)", async () => {
    await inUse();
    await lateBy(SETTLED_MS + 300_000);
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    one.settle();
    await one.passes();
    // Taken for not created, and sent again.
    expect(await one.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    await one.audit();
    expect(await one.signals()).toEqual([]);
    one.advance(300_000);
    await one.audit();
    expect(await one.signals()).toEqual(["unattributed_supplier_order"]);
    expect(await gateFor(orderId)).toMatchObject({ frozenAt: expect.any(Date) });
    const [late] = (await one.mirror()).filter(({ attribution }) => attribution === null);
    expect(late).toMatchObject({ alertedAt: one.ctx.now() });
    // It isn't paid, whatever happens to the order.
    await one.finish(orderId);
    expect(await one.truth()).toMatchObject({
      orders: expect.arrayContaining([
        expect.objectContaining({ id: late?.supplierOrderId, paidCount: 0 }),
      ]),
    });
  });

  it("is told also where its list shows no notes, of goods with a note (I16)", async () => {
    await inUse();
    await one.rule({ omit: ["note"] }, { endpoint: "list" });
    await one.rule({ omit: ["note"] }, { endpoint: "create" });
    const known = await one.place(PLAIN);
    await db.orderItem.updateMany({ where: { orderId: known }, data: { note: { login: "asha" } } });
    await db.order.update({ where: { id: known }, data: { fingerprint: null } });
    await one.work(known);
    await one.foreign();
    await one.audit();
    expect(await one.signals()).toEqual(["unattributed_supplier_order"]);
    expect(await gateFor(known)).toMatchObject({ frozenAt: expect.any(Date) });
  });

  it.each([1, 10, 59])(
    "is found however long the list lags behind (%i minutes)",
    async (minutes) => {
      await inUse();
      await one.audit();
      await one.rule({ hideFor: { ms: minutes * 60_000 } }, { endpoint: "list" });
      const theirs = await one.foreign();
      for (let minute = 0; minute < minutes; minute++) await one.audit();
      expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
    },
  );
});
