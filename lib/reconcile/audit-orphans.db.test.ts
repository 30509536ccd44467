/** What audits make of leftovers of lost creates, where creating is free (mode A). */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openSignals } from "#lib/orders/orders.fixture.ts";
import { readCapabilities } from "#lib/placement/capabilities.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { type Account, OBJECTS, openAccount, PLAIN } from "./reconcile.fixture.ts";

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

  it("a leftover that is paid long after, when no listing goes back to it any more, is found all the same", async () => {
    await inUse({ createIsFree: true, timing: { paymentWindowMs: 86_400_000 } });
    await madeAgain();
    await one.audit();
    const orphan = (await one.mirror())[1]?.supplierOrderId ?? "";
    for (let half = 0; half < 8; half++) {
      one.advance(1_800_000);
      await one.audit();
    }
    await one.pay(orphan);
    one.advance(1_800_000);
    await one.audit();
    expect(await one.row(orphan)).toMatchObject({ attribution: null, alertedAt: one.ctx.now() });
    expect(await isFree()).toBe(false);
  });

  it("a leftover is asked about no more once it has run out", async () => {
    await free();
    await madeAgain();
    one.advance(3_600_000);
    await one.audit();
    const asked = await one.count("GET get");
    for (let half = 0; half < 4; half++) {
      one.advance(1_800_000);
      await one.audit();
    }
    expect(await one.count("GET get")).toBe(asked);
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
