import { afterAll, beforeEach, expect, it } from "vitest";
import { POLLED_TRAITS, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { takeLowWord } from "./take-low-word.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const supplier = scriptedSupplier({ traits: { ...POLLED_TRAITS, balance: "none" } });
const ctx = await testContext(db, supplier);
const { id: subject } = ctx.account;

beforeEach(async () => {
  await db.systemSignal.deleteMany();
});

const warn = (currency: string | null, available: string | null = null) =>
  takeLowWord(ctx, ctx.account, { currency, available });

const at = ctx.now();
const { id: alertId } = await db.alert.create({
  data: {
    ...{ id: ctx.newId(), kind: "balance_told_low", subject, severity: "warning", state: "open" },
    ...{ isMock: false, openedAt: at, lastAt: at, changedAt: at },
  },
});
/** Somebody has been told of what stands. */
const tellSomebody = () =>
  db.systemSignal.updateMany({ where: { clearedAt: null }, data: { alertId } });

async function standing() {
  const episodes = await db.systemSignal.count();
  const open = await db.systemSignal.findFirstOrThrow({ where: { clearedAt: null } });
  return { data: open.data, episodes };
}

it("tells of a second currency anew, beside the first, which stands on", async () => {
  await warn("EUR", "3");
  await tellSomebody();
  await warn("USD", "12.50");
  const both = { currency: "USD", available: "12.5", also: "EUR" };
  expect(await standing()).toMatchObject({ data: both, episodes: 2 });
  // What is known to be low is no news, and a warning that names no currency takes nothing back.
  await tellSomebody();
  await warn("EUR", "2");
  const turned = { currency: "EUR", available: "2", also: "USD" };
  expect(await standing()).toMatchObject({ data: turned, episodes: 2 });
  await warn(null);
  expect(await standing()).toMatchObject({ data: turned, episodes: 2 });
});

it("loses none of those that are told at once", async () => {
  const currencies = ["EUR", "GBP", "INR", "USD"];
  await Promise.all(currencies.map((currency) => warn(currency)));
  const { currency, also } = (await standing()).data as { currency: string; also: string };
  expect([currency, ...also.split(", ")].sort()).toEqual(currencies);
});
