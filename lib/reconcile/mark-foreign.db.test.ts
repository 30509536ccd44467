import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals } from "#lib/orders/orders.fixture.ts";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { markForeign } from "./mark-foreign.ts";
import { type Account, openAccount, PLAIN, REQUEST } from "./reconcile.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
let one: Account;
/** An account from which goods were ordered that somebody else orders too. */
async function shared() {
  one = await openAccount(db, { account: { isExclusive: false } });
  await one.work(await one.place(PLAIN));
  const theirs = await one.foreign();
  await one.audit();
  return theirs;
}
afterEach(async () => {
  expect(await one.complaints()).toEqual([]);
});

const mark = (supplierOrderId: string, reason = "The other shop's.", by = asha) =>
  markForeign(one.ctx, by, { supplierId: one.supplierId, supplierOrderId, reason }, REQUEST);
const isDue = async () =>
  (
    await db.$queryRaw<{ is_due: boolean }[]>`
      select next_pass_at <= now() as is_due from placement_gates
      where supplier_id = ${one.supplierId}::uuid and frozen_at is not null`
  )[0]?.is_due;

describe("marking a supplier order as foreign", () => {
  it("is written down with name and reason, audited, and ends the alarm", async () => {
    const theirs = await shared();
    expect(await one.signals()).toEqual(["unattributed_supplier_order"]);
    expect(await mark(theirs.toUpperCase())).toEqual({ kind: "done" });
    expect(await one.row(theirs)).toMatchObject({
      attribution: "foreign",
      attributedBy: "Asha Rao",
      attributedAt: one.ctx.now(),
      reason: "The other shop's.",
      alertedAt: null,
      orderId: null,
    });
    expect(await one.signals()).toEqual([]);
    expect(
      await db.auditEntry.findFirst({ where: { action: "supplier-order.marked-foreign" } }),
    ).toMatchObject({
      objectKind: "supplier",
      objectId: one.supplierId,
      reason: "The other shop's.",
      details: { supplierOrderId: theirs },
      address: "127.0.0.1",
    });
  });

  it("opens the gate, and the equal order that waited is sent", async () => {
    const theirs = await shared();
    const waiting = await one.place(PLAIN);
    expect(openSignals(await one.work(waiting))).toEqual(["waits_for_twin"]);
    await one.pass();
    expect(await isDue()).toBe(false);
    await mark(theirs);
    expect(await isDue()).toBe(true);
    expect(await one.pass()).toMatchObject({ frozenAt: null });
    expect(await one.finish(waiting)).toMatchObject({ status: "completed" });
    expect(openSignals(await one.order(waiting))).toEqual([]);
  });

  it("keeps it frozen while another one is nobody's", async () => {
    const theirs = await shared();
    await one.foreign();
    await one.audit();
    await mark(theirs);
    expect(await one.pass()).toMatchObject({ waitsFor: "person" });
    expect(
      await db.systemSignal.findMany({ where: { subject: one.supplierId, clearedAt: null } }),
    ).toMatchObject([{ key: "unattributed_supplier_order", data: { count: 1 } }]);
  });

  it("clears up a count that had one too many", async () => {
    one = await openAccount(db, { account: { isExclusive: false } });
    const orderId = await one.lost("after");
    const theirs = await one.foreign();
    one.settle();
    expect((await one.passes())[1]).toMatchObject({ waitsFor: "person" });
    await mark(theirs);
    await one.passes();
    expect(await one.order(orderId)).toMatchObject({
      status: "awaiting_payment",
      supplierOrderId: (await one.theirs())[0],
    });
  });

  it("is never undone by what the list says later", async () => {
    const theirs = await shared();
    await mark(theirs);
    await one.pay(theirs);
    one.advance(10_000);
    await one.audit();
    expect(await one.row(theirs)).toMatchObject({ attribution: "foreign", state: "completed" });
    expect(await one.signals()).toEqual([]);
  });

  it("may be said of an orphan, and of one that predates us", async () => {
    one = await openAccount(db);
    const old = await one.foreign();
    await one.audit();
    expect(await one.row(old)).toMatchObject({ attribution: "predates" });
    expect(await mark(old)).toEqual({ kind: "done" });
    expect(await one.row(old)).toMatchObject({ attribution: "foreign" });
  });

  it("may be said twice, by two at once, without harm", async () => {
    const theirs = await shared();
    const results = await Promise.all([
      mark(theirs),
      mark(theirs, "Mine too.", testActor("admin")),
    ]);
    expect(results).toEqual([{ kind: "done" }, { kind: "done" }]);
    expect(await one.row(theirs)).toMatchObject({ attribution: "foreign" });
  });
});

describe("it is refused", () => {
  it("for one that is an order's of ours", async () => {
    await shared();
    const ours = (await one.mirror()).find(({ attribution }) => attribution === "ours");
    await expect(mark(ours?.supplierOrderId ?? "")).rejects.toMatchObject({ code: "conflict" });
    expect(await one.row(ours?.supplierOrderId ?? "")).toMatchObject({ attribution: "ours" });
  });

  it.each(["nobody-ever-saw-it", "", "a\u0000b", "'; drop table orders; --"])(
    "for %j",
    async (id) => {
      await shared();
      await expect(mark(id)).rejects.toMatchObject({ code: "not_found" });
    },
  );

  it("for a supplier that isn't one, to a viewer, and without a reason", async () => {
    const theirs = await shared();
    const elsewhere = { supplierId: "1", supplierOrderId: theirs, reason: "The other shop's." };
    await expect(markForeign(one.ctx, asha, elsewhere, REQUEST)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(mark(theirs, "Theirs.", testActor("viewer"))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(mark(theirs, " ")).rejects.toMatchObject({ code: "invalid" });
    expect(await one.row(theirs)).toMatchObject({ attribution: null });
    expect(await one.signals()).toEqual(["unattributed_supplier_order"]);
  });
});
