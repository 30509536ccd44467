/** Attributing every supplier order for ever (I16), at the simulator. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { makeDue, openSignals } from "#lib/orders/orders.fixture.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { readCapabilities } from "#lib/placement/capabilities.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { auditAccounts } from "./audit-accounts.ts";
import { type Account, OBJECTS, openAccount, PLAIN, SETTLING_MS } from "./reconcile.fixture.ts";

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
const isFree = async () => (await readCapabilities(one.ctx, one.supplierId)).create_is_free;
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

  it("somebody else's that came before our first send predates us, though it is seen later", async () => {
    await open();
    const theirs = await one.foreign();
    one.advance(600_000);
    await one.work(await one.place(PLAIN));
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ attribution: "predates", alertedAt: null });
  });

  it.each([600_000, -600_000])(
    "goes by the supplier's clock, which is off by %i ms",
    async (offsetMs) => {
      await open();
      await one.control("POST", "/clock", { offsetMs });
      const before = await one.foreign();
      one.advance(300_000);
      await one.work(await one.place(PLAIN));
      one.advance(300_000);
      const after = await one.foreign();
      await one.audit();
      expect(await one.row(before)).toMatchObject({ attribution: "predates" });
      expect(await one.row(after)).toMatchObject({ attribution: null, alertedAt: one.ctx.now() });
    },
  );

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
    await lateBy(SETTLING_MS + 300_000);
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

describe("where creating is free (mode A)", () => {
  const free = () => inUse({ createIsFree: true });
  /** An order whose first create was lost, and which has another one now. */
  async function madeAgain() {
    await one.lose("after");
    const orderId = await one.place(PLAIN);
    await one.work(orderId);
    one.advance(10_000);
    await one.work(orderId);
    return orderId;
  }

  it("an unpaid leftover of a lost create is an orphan, and nobody has to do anything", async () => {
    await free();
    const orderId = await madeAgain();
    await one.audit();
    expect(await attributions()).toEqual(["ours", "orphan", "ours"]);
    expect(await one.signals()).toEqual([]);
    expect(openSignals(await one.order(orderId))).toEqual([]);
    expect(await one.finish(orderId)).toMatchObject({ status: "completed" });
    expect(await one.paid()).toEqual([1, 0, 1]);
  });

  it("one that runs out stays an orphan", async () => {
    await free();
    await madeAgain();
    one.advance(3_600_000);
    await one.audit();
    expect((await one.mirror())[1]).toMatchObject({ attribution: "orphan", state: "cancelled" });
  });

  it("more than twenty in an hour are a sign that something is wrong, and are over with the hour", async () => {
    await free();
    for (let count = 0; count < 21; count++) await madeAgain();
    await one.audit();
    expect(await one.signals()).toEqual(["orphans_many"]);
    one.advance(3_600_000);
    await one.audit();
    expect(await one.signals()).toEqual([]);
  });

  it("a leftover that is paid after all is nobody's: the account charges at create, and a person is told", async () => {
    await free();
    const orderId = await madeAgain();
    await one.audit();
    const orphan = (await one.mirror())[1]?.supplierOrderId ?? "";
    await one.pay(orphan);
    await one.audit();
    expect(await one.row(orphan)).toMatchObject({ attribution: null, alertedAt: one.ctx.now() });
    expect(await isFree()).toBe(false);
    expect((await one.signals()).sort()).toEqual(["mode_fell_back", "unattributed_supplier_order"]);
    expect(await gateFor(orderId)).toMatchObject({ frozenAt: expect.any(Date) });
  });

  it("a leftover that is seen paid at first sight, too", async () => {
    await free();
    const orderId = await madeAgain();
    await one.pay((await one.theirs())[1] ?? "");
    await one.audit();
    expect(await one.signals()).toContain("unattributed_supplier_order");
    expect((await attributions())[1]).toBeNull();
    // Creates of it were lost and nobody paid: creating costs here after all.
    expect(await isFree()).toBe(false);
    expect(await gateFor(orderId)).toMatchObject({ frozenAt: expect.any(Date) });
  });

  it("somebody else's of goods that we never lost a create of is shown to a person", async () => {
    await free();
    const theirs = await one.foreign(OBJECTS, { pay: true });
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ attribution: null, alertedAt: one.ctx.now() });
    expect(await isFree()).toBe(true);
  });
});

describe("auditing goes on", () => {
  it("once a minute, by however many processes", async () => {
    await inUse();
    await Promise.all([1, 2, 3, 4].map(() => auditAccounts(one.ctx)));
    expect(await one.count("GET list")).toBe(1);
    one.advance(59_999);
    await auditAccounts(one.ctx);
    expect(await one.count("GET list")).toBe(1);
    one.advance(1);
    await auditAccounts(one.ctx);
    expect(await one.count("GET list")).toBe(2);
  });

  it("from where the last one ended, after however long a pause", async () => {
    await inUse();
    await one.audit();
    one.advance(60_000);
    const theirs = await one.foreign();
    for (let count = 0; count < 60; count++) {
      one.advance(5 * 60_000);
      await one.foreign(OBJECTS);
    }
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
    expect(await one.count("GET list")).toBe(3);
  });

  it("reads no further back than it has to", async () => {
    await inUse();
    for (let count = 0; count < 120; count++) await one.foreign(OBJECTS);
    one.advance(3 * 3_600_000);
    await one.audit();
    await one.audit();
    expect(await one.count("GET list")).toBeLessThanOrEqual(2);
  });

  it("after one that couldn't read the list: from where the last whole one ended", async () => {
    await inUse();
    await one.audit();
    const audited = await db.supplier.findUniqueOrThrow({ where: { id: one.supplierId } });
    const theirs = await one.foreign();
    await one.rule({ loseReply: "before" }, { endpoint: "list" });
    for (let minute = 0; minute < 90; minute++) await one.audit();
    expect(await db.supplier.findUniqueOrThrow({ where: { id: one.supplierId } })).toMatchObject({
      auditedAt: audited.auditedAt,
      auditLeaseUntil: null,
    });
    await one.control("DELETE", "/rules");
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
  });

  it("asks a supplier that doesn't answer no more often than one that does", async () => {
    await inUse();
    await one.rule({ loseReply: "before" }, { endpoint: "list" });
    for (let second = 0; second < 60; second += 5) {
      await auditAccounts(one.ctx);
      one.advance(5_000);
    }
    expect(await one.count("GET list")).toBe(1);
  });

  it("when a process dies at it: another does it once its lease has run out", async () => {
    await inUse();
    const theirs = await one.foreign();
    one.advance(60_000);
    const dying = {
      ...one.ctx,
      reach: (point: string) =>
        point === "audit_page_recorded" ? new Promise<never>(() => undefined) : Promise.resolve(),
    };
    void auditAccounts(dying);
    await expect.poll(() => one.count("GET list"), { interval: 10 }).toBe(1);
    await expect.poll(() => db.supplierOrder.count({ where: { supplierOrderId: theirs } })).toBe(1);
    await one.audit();
    expect(await one.count("GET list")).toBe(1);
    await db.$executeRaw`update suppliers set audit_lease_until = now() - interval '1 second'`;
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ alertedAt: one.ctx.now() });
  });

  it("when one breaks off inside: the next needs no lease to run out", async () => {
    await inUse();
    const failing = {
      ...one.ctx,
      log: { ...one.ctx.log, error: () => undefined },
      reach: (point: string) =>
        point === "audit_page_read" ? Promise.reject(new Error("no")) : Promise.resolve(),
    };
    await one.audit(failing as never);
    await one.audit();
    expect(await attributions()).toEqual(["ours"]);
  });
});
