import type { Outcome, Page, Supplier, SupplierProduct } from "#lib/suppliers/port.ts";
import { scriptedSupplier } from "#prisma/factories.ts";

/** What the scripted supplier sells: product ids by category id. Tests change it as they go. */
export type Shelves = Record<string, string[]>;

export const product = (id: string, facts: Partial<SupplierProduct> = {}): SupplierProduct => ({
  id,
  name: `Product ${id}`,
  slug: null,
  description: null,
  categoryId: null,
  region: null,
  faceValue: null,
  faceCurrency: null,
  price: "4.75",
  currency: "USD",
  stock: 10,
  minQuantity: 1,
  maxQuantity: null,
  noteFields: [],
  isService: false,
  userGuide: null,
  ...facts,
});

const NOT_FOUND = {
  kind: "refused",
  refusal: { class: "not_found", code: null, detail: "no such category", httpStatus: 404 },
} as const;

/** A supplier with these shelves, two things a page. */
export function shelfSupplier(shelves: Shelves, asked: string[] = []): Supplier {
  const page = <T>(all: T[], cursor: string | null): Outcome<Page<T>> => {
    const from = Number(cursor ?? 0);
    const next = from + 2 < all.length ? String(from + 2) : null;
    return { kind: "accepted", value: { items: all.slice(from, from + 2), next } };
  };
  return scriptedSupplier({
    listCategories: async (cursor) => {
      asked.push(`categories ${cursor}`);
      const categories = Object.keys(shelves).map((id) => {
        const hasProducts = (shelves[id]?.length ?? 0) > 0;
        return { id, name: `Category ${id}`, slug: id, parentId: null, hasProducts };
      });
      return page(categories, cursor);
    },
    listProducts: async (categoryId, cursor) => {
      asked.push(`${categoryId} ${cursor}`);
      const ids = shelves[categoryId];
      return ids
        ? page(
            ids.map((id) => product(id)),
            cursor,
          )
        : NOT_FOUND;
    },
  });
}
