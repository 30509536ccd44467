import { afterAll, describe, expect, it } from "vitest";
import { connectFoxreload } from "#lib/suppliers/foxreload/connect.ts";
import { testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { buildCatalogue } from "#simulator/catalogue/build-catalogue.ts";
import { startSimulator } from "#simulator/server.ts";
import { readCatalogFilters, readCatalogStatus, searchProducts } from "./read.ts";
import { walkCatalogPage } from "./walk-catalog.ts";

const { db, drop } = await createTestDatabase();
const simulator = await startSimulator();
const { url: baseUrl, apiKey } = simulator;
const supplier = connectFoxreload({ baseUrl, apiKey, currency: "USD" });
afterAll(async () => {
  await supplier.close();
  await simulator.close();
  await drop();
});

const catalogue = buildCatalogue();
const viewer = testActor("viewer");

describe("a walk over HTTP", () => {
  it("brings the whole catalogue, by several processes in turn", async () => {
    const processes = await Promise.all(Array.from({ length: 3 }, () => testContext(db, supplier)));
    let pages = 0;
    for (let more = true; more; pages++) {
      const ctx = processes[pages % 3];
      if (!ctx) break;
      more = (await walkCatalogPage(ctx, ctx.account)) === "more";
    }
    const [ctx] = processes;
    if (!ctx) return;

    const stored = await db.product.findMany({ orderBy: { externalId: "asc" } });
    expect(stored.map(({ externalId }) => externalId)).toEqual(
      catalogue.products.map(({ id }) => id).sort(),
    );
    expect(stored.filter(({ categoryName }) => categoryName === "")).toEqual([]);
    expect(await db.category.count()).toBe(catalogue.categories.length);
    expect(await readCatalogStatus(ctx, viewer)).toMatchObject({
      products: catalogue.products.length,
      walking: null,
    });

    const filters = await readCatalogFilters(ctx, viewer);
    const sum = filters.categories.reduce((total, { products }) => total + products, 0);
    expect(sum).toBe(catalogue.products.length);
    expect(filters.regions.length).toBeGreaterThan(3);
    const [first] = filters.categories;
    const inFirst = await searchProducts(ctx, viewer, { category: first?.externalId });
    expect(new Set(inFirst.map(({ categoryName }) => categoryName))).toEqual(
      new Set([first?.name]),
    );
  });
});
