import { describe, expect, it } from "vitest";
import { buildCatalogue } from "./build-catalogue.ts";

const catalogue = buildCatalogue();
const { products, categories } = catalogue;

describe("the catalogue", () => {
  it("is large and varied enough for a demo", () => {
    expect(products.length).toBeGreaterThanOrEqual(150);
    expect(categories.length).toBeGreaterThanOrEqual(12);
    const values = (name: string) => new Set(products.map((one) => one.attributes[name]));
    expect(values("countryCode").size).toBeGreaterThan(10);
    expect(values("currency").size).toBeGreaterThan(8);
    expect(new Set(products.map((one) => one.delivery.shape)).size).toBe(8);
    const types = new Set(products.flatMap((one) => one.noteFields.map((field) => field.type)));
    expect([...types].sort()).toEqual(["email", "integer", "number", "select", "string"]);
    const stocks = products.map((one) => one.stock);
    expect(stocks).toContain(null);
    expect(stocks).toContain(0);
  });

  it("has the roots that were seen at the supplier", () => {
    const roots = categories.filter((one) => one.parentId === null).map((one) => one.slug);
    expect(roots).toEqual(
      expect.arrayContaining([
        "topups",
        "app-stores",
        "game-currency",
        "subscriptions",
        "esim",
        "rewarble",
        "gift-cards",
        "ai-services",
        "gaming-services",
      ]),
    );
  });

  it("gives each product an id of the supplier's form and a price of four decimals", () => {
    for (const product of products) {
      expect(product.id).toMatch(/^product_[0-9a-z]{26}$/);
      expect(product.usdPrice).toMatch(/^\d+\.\d{4}$/);
    }
  });

  it("keeps its ids: others store them", () => {
    expect(catalogue.product("steam-wallet-5-usd-us")?.id).toBe(
      "product_01kq9x6v91tje114rrjffr4z5f",
    );
    expect(catalogue.category("gift-cards")?.id).toBe(buildCatalogue().category("gift-cards")?.id);
  });

  it("has no empty category at its leaves", () => {
    for (const category of categories) {
      const ids = catalogue.subtree(category.id);
      expect(products.some((product) => ids.has(product.categoryId))).toBe(true);
    }
  });
});
