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
async function waiting(agreedTotal: string, facts: Facts = {}) {
  const at = clock.now();
  const { order } = await createOrder(db, supplierId, {
    ...{ status: "awaiting_payment", agreedTotal, createdAt: at, statusChangedAt: at },
    ...facts,
  } as Parameters<typeof createOrder>[2]);
  await attempt(order.id, "create");
  return order.id;
}
const attempt = (orderId: string, kind: "create" | "pay") => {
  const at = clock.now();
  const times = { startedAt: at, firstByteAt: at, finishedAt: at };
  return db.orderAttempt.create({
    data: { id: ctx.newId(), orderId, kind, ...times, outcome: "accepted" },
  });
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
});
