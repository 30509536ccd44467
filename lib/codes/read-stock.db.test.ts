import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { parseStockFilter, readStock } from "./read-stock.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const read = (params: Record<string, string> = {}) =>
  readStock(ctx, testActor("viewer"), parseStockFilter(new URLSearchParams(params)));
const inDays = (days: number) => new Date(ctx.now().getTime() + days * 86_400_000);

const ids = { steam: v7(), xbox: v7(), empty: v7(), mock: v7() };

beforeAll(async () => {
  await createStockProduct(db, { id: ids.steam, name: "Steam 5" });
  await createStockProduct(db, { id: ids.xbox, name: "Xbox 10", region: "TR", lowLine: 2 });
  const external = { supplierId: ctx.account.id, createdAt: new Date() };
  await createStockProduct(db, { id: ids.empty, name: "Amazon", externalId: "a", ...external });
  await createStockProduct(db, { id: ids.mock, name: "Mock", externalId: "m", ...external });
  const usd = { cost: "4.7500", currency: "USD" };
  const old = inDays(-9);
  await createCodes(db, 1, { stockProductId: ids.steam, storedAt: old, ...usd });
  await createCodes(db, 2, { stockProductId: ids.steam, expiresAt: inDays(5), ...usd });
  await createCodes(db, 1, { stockProductId: ids.steam, cost: "400.5", currency: "INR" });
  await createCodes(db, 1, { stockProductId: ids.steam, state: "reserved" });
  await createCodes(db, 3, { stockProductId: ids.steam, state: "bad", ...usd });
  await createCodes(db, 4, { stockProductId: ids.steam, isMock: true, ...usd });
  await createCodes(db, 1, { stockProductId: ids.xbox });
  await createCodes(db, 2, { stockProductId: ids.mock, isMock: true });
});

const namesOf = async (params: Record<string, string>) =>
  (await read(params)).rows.map(({ name }) => name);

describe("readStock", () => {
  it("counts and values by product, mock codes left out, low ones first", async () => {
    const page = await read();
    expect(page).toMatchObject({ total: 2, low: 1, expiring: 2, complaints: { open: 0 } });
    const [xbox, steam] = page.rows;
    expect(xbox).toMatchObject({ id: ids.xbox, region: "TR", lowLine: 2, supplierName: null });
    expect(steam).toEqual({
      id: ids.steam,
      name: "Steam 5",
      region: null,
      supplierName: null,
      counts: {
        available: 4,
        reserved: 1,
        handed_out: 0,
        bad: 3,
        replaced: 0,
        expired: 0,
        withheld: 0,
      },
      seen: 0,
      value: [
        { amount: "400.5", currency: "INR" },
        { amount: "14.25", currency: "USD" },
      ],
      withoutCost: 1,
      oldestAt: inDays(-9).toISOString(),
      expiresAt: inDays(5).toISOString(),
      lowLine: null,
    });
  });

  it("is the same before and after the changes are folded into the levels", async () => {
    const before = await read();
    await db.$executeRaw`
      insert into stock_levels (stock_product_id, state, is_mock, currency, count, cost)
      select stock_product_id, state, is_mock, currency, sum(count), sum(cost) from stock_changes
      group by 1, 2, 3, 4`;
    await db.$executeRaw`delete from stock_changes`;
    expect(await read()).toEqual(before);
  });

  it("keeps back what somebody has seen", async () => {
    const [before] = (await read()).rows.filter(({ id }) => id === ids.steam);
    const { id } = await db.code.findFirstOrThrow({
      where: { stockProductId: ids.steam, state: "available", isMock: false },
    });
    await db.code.update({ where: { id }, data: { revealedAt: new Date() } });
    const [after] = (await read()).rows.filter((row) => row.id === ids.steam);
    expect(after?.seen).toBe(1);
    expect(after?.counts.available).toBe((before?.counts.available ?? 0) - 1);
    await db.code.update({ where: { id }, data: { revealedAt: null } });
  });

  it("moves a count with its code", async () => {
    const [code] = await createCodes(db, 1, { stockProductId: ids.steam });
    await db.code.update({ where: { id: code ?? "" }, data: { state: "bad" } });
    const steam = (await read()).rows.find(({ id }) => id === ids.steam);
    expect(steam?.counts).toMatchObject({ available: 4, bad: 4 });
  });

  it("narrows to one product, or to names where a search means names", async () => {
    expect(await namesOf({ product: ids.steam })).toEqual(["Steam 5"]);
    expect(await namesOf({ search: "xBox" })).toEqual(["Xbox 10"]);
    expect(await namesOf({ search: "shop-1" })).toEqual(["Xbox 10", "Steam 5"]);
    expect(await namesOf({ product: v7() })).toEqual([]);
    expect(await namesOf({ product: "junk", search: "%" })).toEqual(["Xbox 10", "Steam 5"]);
  });

  it("shows a few unless all are asked for", async () => {
    await Promise.all(
      Array.from({ length: 10 }, (_, at) => createStockProduct(db, { name: `Own ${at}` })),
    );
    const few = await read();
    expect(few.rows).toHaveLength(8);
    expect(few.total).toBe(12);
    expect((await read({ products: "all" })).rows).toHaveLength(12);
  });

  it("says what a person may do", async () => {
    expect((await read()).may).toEqual({
      reveal: false,
      find: false,
      handOut: false,
      mark: false,
      import: false,
      stock: false,
    });
    expect((await readStock(ctx, testActor("operator"), {})).may.handOut).toBe(true);
  });
});
