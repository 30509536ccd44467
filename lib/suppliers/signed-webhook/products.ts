import { cleanText } from "../http/clean-text.ts";
import { countFrom, decimalText } from "../http/decimal-text.ts";
import type { Read } from "../http/outcome.ts";
import * as shapes from "../http/shapes.ts";
import type { Json, Page, SupplierCategory, SupplierProduct } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { readAt } from "./field-path.ts";
import { rowsIn } from "./read-answers.ts";

/** The one category that everything is in: such suppliers have no tree. */
export const ALL_PRODUCTS: SupplierCategory = {
  id: "all",
  name: "All products",
  slug: "all",
  parentId: null,
  hasProducts: true,
};

/** More than come in one answer of the size that is read. */
const MAX_ROWS = 20_000;

const BARE = {
  slug: null,
  description: null,
  categoryId: ALL_PRODUCTS.id,
  region: null,
  faceValue: null,
  faceCurrency: null,
  stock: null,
  minQuantity: 1,
  maxQuantity: null,
  noteFields: [],
  isService: false,
  userGuide: null,
} satisfies Partial<SupplierProduct>;

/** The products that a person has written down. */
export const fixedProducts = ({ products, currency }: SignedWebhookConfig): SupplierProduct[] =>
  products.map(({ sku, ...product }) => ({ ...BARE, ...product, id: sku, currency }));

/** Products from a list; entries without an id or an understandable price are left out: they can't be ordered. */
export function readCatalog(
  answer: Json,
  config: SignedWebhookConfig,
): Read<Page<SupplierProduct>> {
  const rows = rowsIn(answer, config.catalog.rows);
  if (!rows) return { ok: false, problem: "the answer holds no list" };
  if (rows.length > MAX_ROWS) return { ok: false, problem: "the list is too long" };
  const items = rows.map((row) => mapProduct(row, config)).filter((product) => product !== null);
  // Taken for an empty catalogue, it would make every product look gone.
  if (rows.length > 0 && items.length === 0) {
    return { ok: false, problem: "no entry of the list is understood" };
  }
  return { ok: true, value: { items, next: null } };
}

function mapProduct(row: Json, { catalog, currency }: SignedWebhookConfig): SupplierProduct | null {
  const id = shapes.id.safeParse(readAt(row, catalog.sku));
  const price = decimalText(readAt(row, catalog.price));
  if (!id.success || price === null) return null;
  const told = readAt(row, catalog.currency);
  const own = told === undefined ? currency : shapes.currency.parse(told);
  if (own === null) return null;
  return {
    ...BARE,
    id: id.data,
    name: textAt(row, catalog.name, 300) ?? id.data,
    region: textAt(row, catalog.region, 100),
    price,
    currency: own,
    stock: countFrom(readAt(row, catalog.stock)),
    minQuantity: Math.max(1, countFrom(readAt(row, catalog.minQuantity)) ?? 1),
    maxQuantity: countFrom(readAt(row, catalog.maxQuantity)),
    isService: readAt(row, catalog.isService) === true,
  };
}

function textAt(row: Json, path: string, maxChars: number): string | null {
  const text = readAt(row, path);
  return typeof text === "string" ? cleanText(text, maxChars) || null : null;
}
