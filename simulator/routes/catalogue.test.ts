import { describe, expect, it } from "vitest";
import { openSimulator, productId } from "../testing/open-simulator.ts";

type Row = { id: string; slug: string; parentId: string | null; price: unknown; quantity: unknown };

/** Follows `nextCursor` to the end. */
async function walk(
  get: (path: string) => Promise<{ json: { items: Row[]; nextCursor: string | null } }>,
  path: string,
) {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const suffix: string = cursor === null ? "" : `&cursor=${cursor}`;
    const { json } = await get(path + suffix);
    rows.push(...json.items);
    cursor = json.nextCursor;
  } while (cursor !== null);
  return rows;
}

describe("categories", () => {
  it("are paged by cursor, each once", async () => {
    const { get } = await openSimulator();
    const rows = await walk(get, "/api/categories/?limit=7");
    expect(rows.length).toBeGreaterThan(12);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  });

  it("can be narrowed to the children of one, by id or slug", async () => {
    const { get } = await openSimulator();
    const one = await get("/api/categories/gift-cards");
    expect(one.json).toMatchObject({ slug: "gift-cards", parentId: null, hasProducts: false });
    expect(one.json.bestOfferPrice).toMatch(/^\d+\.\d{4}$/);
    const bySlug = await get("/api/categories/?parent_id_or_slug=gift-cards");
    const byId = await get(`/api/categories/?parent_id_or_slug=${one.json.id}`);
    expect(bySlug.json).toEqual(byId.json);
    expect(bySlug.json.items.every((row: Row) => row.parentId === one.json.id)).toBe(true);
  });

  it("come as a tree, as deep as asked", async () => {
    const { get } = await openSimulator();
    const { json } = await get("/api/categories/tree");
    const giftCards = json.find((row: Row) => row.slug === "gift-cards");
    expect(giftCards.children.map((row: Row) => row.slug)).toContain("steam-gift-cards");
    const shallow = await get("/api/categories/tree?depth=1");
    expect(shallow.json.every((row: { children: unknown[] }) => row.children.length === 0)).toBe(
      true,
    );
  });

  it("are refused when unknown or badly asked", async () => {
    const { get } = await openSimulator();
    expect((await get("/api/categories/nothing")).status).toBe(404);
    expect((await get("/api/categories/?parent_id_or_slug=nothing")).json.code).toBe("NOT_FOUND");
    expect((await get("/api/categories/?cursor=junk")).status).toBe(422);
    expect((await get("/api/categories/?limit=201")).json.detail[0].loc).toEqual([
      "query",
      "limit",
    ]);
  });
});

describe("products", () => {
  it("of a category come by offset", async () => {
    const { get } = await openSimulator();
    const path = "/api/products/?category_id_or_slug=apple-gift-cards";
    const all = await get(path);
    expect(all.json).toMatchObject({ limit: 50, offset: 0, total: all.json.items.length });
    const page = await get(`${path}&limit=2&offset=1`);
    expect(page.json.items).toEqual(all.json.items.slice(1, 3));
    expect(page.json.total).toBe(all.json.total);
  });

  it("of a whole subtree come by cursor", async () => {
    const { get } = await openSimulator();
    const direct = await get("/api/products/?category_id_or_slug=app-stores");
    expect(direct.json.items).toEqual([]);
    const path = "/api/products/?category_id_or_slug=app-stores&includeDescendants=true&limit=10";
    const rows = await walk(get, path);
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    const inStock = await walk(get, `${path}&withStockOnly=true`);
    expect(inStock).toEqual(rows.filter((row) => row.quantity !== 0));
    expect(inStock.length).toBeLessThan(rows.length);
  });

  it("need a category and sane bounds", async () => {
    const { get } = await openSimulator();
    const missing = await get("/api/products/");
    expect(missing.status).toBe(422);
    expect(missing.json.detail[0].loc).toEqual(["query", "category_id_or_slug"]);
    const path = "/api/products/?category_id_or_slug=gift-cards";
    for (const bad of ["limit=0", "limit=201", "limit=x", "offset=-1", "withStockOnly=maybe"]) {
      expect((await get(`${path}&${bad}`)).status).toBe(422);
    }
    expect((await get("/api/products/?category_id_or_slug=nope")).status).toBe(404);
  });

  it("are found by words, as a bare array", async () => {
    const { get } = await openSimulator();
    const { json } = await get("/api/products/search?query=wallet+usd&limit=3");
    expect(json).toHaveLength(3);
    expect(json.every((row: Row) => row.slug.startsWith("steam-wallet"))).toBe(true);
    expect((await get("/api/products/search?query=zzzz")).json).toEqual([]);
    expect((await get("/api/products/search")).status).toBe(422);
    const narrowed = await get("/api/products/search?query=10&category_id_or_slug=esim");
    expect(narrowed.json.every((row: Row) => row.slug.startsWith("esim"))).toBe(true);
  });

  it("have all documented fields, prices as text or number", async () => {
    const { get } = await openSimulator();
    const one = await get(`/api/products/${productId("test-every-note-field")}`);
    expect(one.json).toMatchObject({
      currency: "usd",
      orderMinQuantity: 1,
      orderMaxQuantity: 20,
      requiredNoteFields: ["login", "player_id", "amount", "email", "server"],
      noteFieldTypes: { login: "string", player_id: "integer", server: "select" },
      noteFieldOptions: { server: ["Asia", "Europe", "America"] },
      isService: false,
    });
    const { json } = await get("/api/products/?category_id_or_slug=game-keys");
    const kinds = new Set(json.items.map((row: Row) => typeof row.price));
    expect(kinds).toEqual(new Set(["string", "number"]));
    expect((await get("/api/products/product_unknown")).json.code).toBe("NOT_FOUND");
  });

  it("are priced in the currency asked for", async () => {
    const { get } = await openSimulator();
    const path = `/api/products/${productId("test-plain-codes")}`;
    expect(Number((await get(path)).json.price)).toBe(0.5);
    const rubles = await get(path, { "x-currency": "rub" });
    expect(rubles.json.currency).toBe("rub");
    expect(Number(rubles.json.price)).toBe(40.7);
    expect((await get(path, { "x-currency": "eur" })).status).toBe(422);
  });

  it("show the old price in lists where the price has just moved", async () => {
    const { get } = await openSimulator();
    const id = productId("test-price-has-just-moved");
    const list = await get("/api/products/search?query=just+moved");
    expect(Number(list.json[0].price)).toBe(4.5);
    expect(Number((await get(`/api/products/${id}`)).json.price)).toBe(4.95);
  });
});
