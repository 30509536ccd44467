import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProduct, scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { ProductFilter } from "./product-filter.ts";
import {
  readCatalogFilters,
  readProduct,
  readProductsByExternalId,
  searchProducts,
} from "./read.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const viewer = testActor("viewer");
const EVIL = "Evil<script>alert('x')</script>";

beforeAll(async () => {
  const add = (name: string, facts: Parameters<typeof createProduct>[2]) =>
    createProduct(db, ctx.account.id, { name, categoryExternalId: "cards", ...facts });
  const games = { categoryExternalId: "games", categoryName: "Game currency" };
  await add("Steam Wallet 5 USD", { region: "US", externalId: "product_steam5", stock: 3 });
  await add("Steam Wallet 10 USD", { region: "US", stock: 0 });
  await add("Steam Wallet 20 EUR", { region: "DE", stock: null });
  await add("Steam Wallet 50 USD", { region: "US", stock: 5, goneAt: new Date() });
  await add("100% bonus_pack", games);
  await add("UC \\ 60", { ...games, categoryName: "" });
  await add(EVIL, { region: EVIL, categoryExternalId: null });
});

const search = async (filter: ProductFilter) =>
  (await searchProducts(ctx, viewer, filter)).map(({ name }) => name);

describe("searchProducts", () => {
  it("shows what can be ordered, in stock first, then by name", async () => {
    expect(await search({})).toEqual([
      "100% bonus_pack",
      EVIL,
      "Steam Wallet 20 EUR",
      "Steam Wallet 5 USD",
      "UC \\ 60",
      "Steam Wallet 10 USD",
    ]);
  });

  it.each([
    ["steam", ["Steam Wallet 20 EUR", "Steam Wallet 5 USD", "Steam Wallet 10 USD"]],
    ["  USD   wALLET ", ["Steam Wallet 5 USD", "Steam Wallet 10 USD"]],
    ["steam de", ["Steam Wallet 20 EUR"]],
    ["game 60", []],
    ["game bonus", ["100% bonus_pack"]],
    ["product_steam5", ["Steam Wallet 5 USD"]],
    ["%", ["100% bonus_pack"]],
    ["_", ["100% bonus_pack"]],
    ["0% b", ["100% bonus_pack"]],
    ["s_eam", []],
    ["\\", ["UC \\ 60"]],
    ["<script>", [EVIL]],
    ["' or true --", []],
    [
      "steam steam steam steam steam steam steam steam nonsense",
      ["Steam Wallet 20 EUR", "Steam Wallet 5 USD", "Steam Wallet 10 USD"],
    ],
  ])("finds for %j: %j", async (text, found) => {
    expect(await search({ search: text })).toEqual(found);
  });

  it("filters by category and region, exactly", async () => {
    expect(await search({ category: "games" })).toEqual(["100% bonus_pack", "UC \\ 60"]);
    expect(await search({ region: "DE", search: "steam" })).toEqual(["Steam Wallet 20 EUR"]);
    expect(await search({ region: "D_" })).toEqual([]);
    expect(await search({ category: "' or true --" })).toEqual([]);
  });

  it("lets no page of sold-out products hide one that is in stock", async () => {
    const stock = 0;
    const names = Array.from({ length: 31 }, (_, n) => `Zelda ${String(n).padStart(2, "0")}`);
    for (const name of names) await createProduct(db, ctx.account.id, { name, stock });
    await createProduct(db, ctx.account.id, { name: "Zelda in stock", stock: 1 });
    const found = await search({ search: "zelda" });
    expect(found).toHaveLength(30);
    expect(found[0]).toBe("Zelda in stock");
    await db.product.deleteMany({ where: { name: { startsWith: "Zelda" } } });
  });
});

describe("readCatalogFilters", () => {
  it("names each category once, and the regions that have something", async () => {
    expect(await readCatalogFilters(ctx, viewer)).toEqual({
      categories: [
        { externalId: "games", name: "Game currency", products: 2 },
        { externalId: "cards", name: "Gift cards", products: 3 },
      ],
      regions: ["DE", EVIL, "US"],
    });
  });
});

describe("readProduct", () => {
  it("shows amounts as text, and a gone product as such", async () => {
    const facts = { faceValue: "50.00", faceCurrency: "USD", price: "47.5000", goneAt: new Date() };
    const { id } = await createProduct(db, ctx.account.id, facts);
    expect(await readProduct(ctx, viewer, id)).toMatchObject({
      price: "47.5",
      faceValue: "50",
      faceCurrency: "USD",
      noteFields: [],
      gone: true,
    });
    expect(await readProduct(ctx, viewer, ctx.newId())).toBeNull();
  });

  it("finds by the supplier's ids", async () => {
    const found = await readProductsByExternalId(ctx, viewer, ["product_steam5", "none"]);
    expect(found.map(({ name }) => name)).toEqual(["Steam Wallet 5 USD"]);
  });
});
