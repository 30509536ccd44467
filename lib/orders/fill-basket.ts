import { inBatches } from "#lib/platform/in-batches.ts";
import { compareAmounts, totalOf } from "#lib/platform/money.ts";
import type { NoteField } from "#lib/suppliers/port.ts";
import type { OrdersContext } from "./context.ts";
import type { NewOrder, OrderProblem } from "./new-order.ts";
import { type Note, readNote } from "./note-problems.ts";

type Line = {
  externalId: string;
  productName: string;
  region: string | null;
  isService: boolean;
  userGuide: string | null;
  quantity: number;
  unitPrice: string;
  note: Note | null;
};

/** The lines of a new order as they will be stored and sent. */
export type Basket = { supplierId: string; currency: string; lines: Line[] };

/** Holds the wanted lines against the catalogue: the basket, or everything that is wrong with it. */
export async function fillBasket(
  ctx: OrdersContext,
  wanted: NewOrder,
): Promise<Basket | OrderProblem[]> {
  const ids = wanted.lines.map(({ productId }) => productId);
  const products = await readProducts(ctx, ids);
  const byId = new Map(products.map((product) => [product.id, product]));
  const problems: OrderProblem[] = [];
  const lines: Line[] = [];
  const wantedOf = new Map<string, number>();
  for (const [line, { productId, quantity, note: typed }] of wanted.lines.entries()) {
    const product = byId.get(productId);
    if (!product) {
      problems.push({ kind: "unknown_product", line });
      continue;
    }
    const { minQuantity, maxQuantity, stock } = product;
    const together = (wantedOf.get(productId) ?? 0) + quantity;
    wantedOf.set(productId, together);
    if (product.goneAt) problems.push({ kind: "product_gone", line });
    if (quantity < minQuantity)
      problems.push({ kind: "below_minimum", line, minimum: minQuantity });
    if (maxQuantity !== null && quantity > maxQuantity) {
      problems.push({ kind: "above_maximum", line, maximum: maxQuantity });
    } else if (stock !== null && together > stock) {
      problems.push({ kind: "out_of_stock", line, stock });
    }
    const read = readNote(product.noteFields as NoteField[], typed);
    problems.push(...read.problems.map((problem) => ({ kind: "note" as const, line, ...problem })));
    lines.push({
      externalId: product.externalId,
      productName: product.name,
      region: product.region,
      isService: product.isService,
      userGuide: product.userGuide,
      quantity,
      unitPrice: product.price.toFixed(),
      note: read.note,
    });
  }
  const [first] = products;
  if (problems.length > 0 || !first) return problems;
  const { supplierId, currency } = first;
  if (products.some((other) => other.supplierId !== supplierId || other.currency !== currency)) {
    return [{ kind: "mixed_suppliers" }];
  }
  if (!ctx.suppliers.byId(supplierId)) return [{ kind: "no_supplier" }];
  const total = totalOf(lines);
  if (compareAmounts(total, wanted.agreedTotal) !== 0)
    return [{ kind: "price_changed", total, currency }];
  return { supplierId, currency, lines };
}

const readProducts = inBatches(
  async ({ db }: OrdersContext, wanted: readonly (readonly string[])[]) => {
    const rows = await db.product.findMany({ where: { id: { in: [...new Set(wanted.flat())] } } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return wanted.map((ids) => [...new Set(ids)].flatMap((id) => byId.get(id) ?? []));
  },
);
