/** What the simulator's account loses, seen by the balance room; here, since only this room can place orders. */
import { afterAll, expect, it } from "vitest";
import { explainBalances } from "#lib/balance/explain-balances.ts";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import { subtract } from "#lib/platform/money.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openSupplier } from "./simulated.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

it("a phantom debit is told of with the second sample; orders and refunds explain themselves", async () => {
  const { ctx, work, place, advance, truth, control } = await openSupplier(db, {
    createIsFree: true,
  });
  const sample = async () => {
    advance(15_000);
    await sampleBalance(ctx, ctx.account, "refresh");
    await explainBalances(ctx);
  };
  const standing = () =>
    db.systemSignal.findMany({ where: { key: "balance_unexplained", clearedAt: null } });
  const steps = async () =>
    (await db.balanceStep.findMany({ where: { currency: "USD" }, orderBy: { toAt: "asc" } })).map(
      ({ state, remainder }) => `${state} ${remainder.toFixed()}`,
    );
  await sample();
  const bought = await place("test-plain-codes");
  const lost = await place("test-fails");
  for (const id of [bought, lost, bought, lost]) {
    advance(1_000);
    await work(id);
  }
  await sample();
  expect((await db.order.findUniqueOrThrow({ where: { id: bought } })).paidAt).not.toBeNull();
  advance(10_000);
  await work(bought);
  await work(lost);
  await sample();
  await sample();
  expect(new Set(await steps())).toEqual(new Set(["explained 0"]));
  expect(await standing()).toEqual([]);

  const { available } = (await truth()).balances.usd ?? { available: "0" };
  const left = subtract(available, "12.34");
  await control("POST", "/balance", { currency: "usd", available: left });
  await sample();
  expect(await standing()).toEqual([]);
  await sample();
  expect(await standing()).toMatchObject([{ data: { remainder: "-12.34", currency: "USD" } }]);
  expect((await steps()).at(-1)).toBe("unexplained -12.34");
});
