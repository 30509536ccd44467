import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { readSpendable } from "./committed.ts";
import { explainBalances } from "./explain-balances.ts";
import { sampleBalance } from "./sample-balance.ts";
import { fromUnits, toUnits } from "./units.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
let available = 0n;
let reserved = 0n;
const supplier = scriptedSupplier({
  getBalances: async () => {
    const amounts = { available: fromUnits(available), reserved: fromUnits(reserved) };
    return { kind: "accepted", value: [{ currency: "USD", ...amounts, pending: "0" }] };
  },
});
const ctx = await testContext(db, supplier, clock);
const supplierId = ctx.account.id;

beforeEach(async () => {
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`delete from balance_moves`,
    db.$executeRaw`delete from balance_steps`,
    db.$executeRaw`delete from balance_samples`,
    db.$executeRaw`delete from order_attempts`,
    db.$executeRaw`delete from order_items`,
    db.$executeRaw`delete from orders`,
  ]);
  await nobodyElse(false);
  [available, reserved] = [toUnits("100"), 0n];
  await sample();
});

const pass = (seconds: number) => clock.advance(seconds * 1_000);
async function sample() {
  pass(15);
  await sampleBalance(ctx, ctx.account, "refresh");
}
const explain = () => explainBalances(ctx);
/** Money leaves what can be spent, for what the supplier keeps aside. */
const park = (amount: string) => {
  available -= toUnits(amount);
  reserved += toUnits(amount);
};

type Facts = Partial<Parameters<typeof createOrder>[2]>;
/** Created just now, by a call that the supplier accepted. */
async function waiting(agreedTotal: string, facts: Facts = {}, outcome = "accepted") {
  const at = clock.now();
  const { order } = await createOrder(db, supplierId, {
    ...{ status: "awaiting_payment", agreedTotal, createdAt: at, statusChangedAt: at },
    ...facts,
  } as Parameters<typeof createOrder>[2]);
  await attempt(order.id, "create", outcome);
  return order.id;
}
const attempt = (orderId: string, kind: "create" | "pay", outcome = "accepted") => {
  const at = clock.now();
  const times = { startedAt: at, firstByteAt: at, finishedAt: at };
  return db.orderAttempt.create({ data: { id: ctx.newId(), orderId, kind, ...times, outcome } });
};
/** Sent just now, and nobody knows what came of it. */
const inDoubt = (agreedTotal: string) =>
  waiting(agreedTotal, { status: "unconfirmed", supplierOrderId: null }, "unknown");
/** What was in doubt is declared not created, and sent once more. */
async function sendAgain(id: string) {
  const resolved = { resolution: "not_created", resolvedAt: clock.now() };
  await db.orderAttempt.updateMany({ where: { orderId: id }, data: resolved });
  await attempt(id, "create");
  await turn(id, { status: "submitting" });
}
const created = (id: string) =>
  turn(id, { status: "awaiting_payment", supplierOrderId: `supplier-order-${id}` });
const turn = (
  id: string,
  facts: { status: "submitting" | "awaiting_payment"; supplierOrderId?: string },
) => db.order.update({ where: { id }, data: { ...facts, statusChangedAt: clock.now() } });
const nobodyElse = (isExclusive: boolean) =>
  db.supplier.update({ where: { id: supplierId }, data: { isExclusive } });
const steps = async () => {
  const all = await db.balanceStep.findMany({ orderBy: { toAt: "asc" }, include: { moves: true } });
  return all.map(({ state, remainder, moves }) => [state, remainder.toFixed(), moves.length]);
};
const paid = (id: string) =>
  db.order.update({
    where: { id },
    data: { status: "processing", paidAt: clock.now(), statusChangedAt: clock.now() },
  });
const left = async () => {
  const spendable = await readSpendable(db, supplierId, "USD");
  return spendable && [spendable.available, spendable.committed];
};

describe("what orders have been promised of a balance", () => {
  it("isn't what a sample shows as paid already, although its payment was noted after it", async () => {
    const id = await waiting("90");
    expect(await left()).toEqual(["100", "90"]);
    pass(5);
    await attempt(id, "pay");
    park("90");
    await sample();
    await explain();
    expect(await left()).toEqual(["10", "0"]);
    pass(1);
    await paid(id);
    expect(await left()).toEqual(["10", "0"]);
    await explain();
    expect(await left()).toEqual(["10", "0"]);
  });

  it("is what was paid after the question for the sample, which doesn't show it", async () => {
    const id = await waiting("90");
    await sample();
    pass(1);
    await attempt(id, "pay");
    await paid(id);
    await explain();
    expect(await left()).toEqual(["100", "90"]);
    park("90");
    await sample();
    expect(await left()).toEqual(["10", "0"]);
  });

  it("isn't what the supplier keeps aside for an order that waits to be paid", async () => {
    await waiting("40");
    park("40");
    await sample();
    await explain();
    expect(await left()).toEqual(["60", "0"]);
    const id = await waiting("15");
    expect(await left()).toEqual(["60", "15"]);
    park("15");
    await sample();
    await explain();
    expect(await left()).toEqual(["45", "0"]);
    pass(60);
    await attempt(id, "pay");
    await paid(id);
    await sample();
    await explain();
    expect(await left()).toEqual(["45", "0"]);
  });

  it("is what waits where the supplier keeps nothing aside, whatever else it does", async () => {
    const foreign = toUnits("30");
    reserved += foreign;
    await waiting("40");
    await sample();
    available -= toUnits("7");
    await sample();
    await explain();
    expect(await left()).toEqual(["93", "40"]);
  });

  it("is what waited before anybody looked, since no change tells what became of it", async () => {
    await db.$executeRaw`delete from balance_samples`;
    await waiting("40");
    await sample();
    await explain();
    expect(await left()).toEqual(["100", "40"]);
  });

  it("is what is in doubt where others use the account: what is gone may be theirs", async () => {
    await inDoubt("50");
    expect(await left()).toEqual(["100", "50"]);
    available -= toUnits("50");
    await sample();
    await explain();
    expect(await left()).toEqual(["50", "50"]);
    expect(await steps()).toEqual([["explained", "0", 1]]);
    await nobodyElse(true);
    expect(await left()).toEqual(["50", "0"]);
  });

  it.each([false, true])(
    "is what is sent again, whatever was taken for it before",
    async (alone) => {
      await nobodyElse(alone);
      const id = await inDoubt("50");
      // Somebody else's, or so it turns out.
      available -= toUnits("50");
      await sample();
      await explain();
      expect(await left()).toEqual(["50", alone ? "0" : "50"]);
      pass(1_200);
      await sendAgain(id);
      expect(await left()).toEqual(["50", "50"]);
      await created(id);
      expect(await left()).toEqual(["50", "50"]);
      await explain();
      expect(await left()).toEqual(["50", "50"]);
      expect(await steps()).toEqual([["unexplained", "-50", 0]]);
      park("50");
      await sample();
      await explain();
      expect(await left()).toEqual(["0", "0"]);
      expect(await steps()).toEqual([
        ["unexplained", "-50", 0],
        ["explained", "0", 1],
      ]);
    },
  );

  it("is what is sent again also where somebody let the rest of the change be", async () => {
    const id = await inDoubt("50");
    available -= toUnits("50.5");
    await sample();
    await sample();
    await db.$executeRaw`
      update balance_moves set step_id = (select sample_id from balance_steps) where order_id = ${id}::uuid`;
    const accepted = { remainder: "-0.5", state: "accepted", acceptedBy: "Asha", reason: "A fee" };
    await db.balanceStep.updateMany({ data: accepted });
    pass(1_200);
    await sendAgain(id);
    await created(id);
    await explain();
    expect(await left()).toEqual(["49.5", "50"]);
    expect(await steps()).toEqual([["unexplained", "-50.5", 0]]);
  });
});
