import type { UserActor } from "#app/_server/current-actor.ts";
import { type Draft, type DraftLine, emptyDraft, newLine } from "#components/orders/new/draft.ts";
import type { Prefill } from "#components/orders/new/new-order.tsx";
import { readProduct, readProductsByExternalId } from "#lib/catalog/read.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readOrder } from "#lib/orders/read-order.ts";
import type { OrderItemView } from "#lib/orders/types.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** What the address asks the form to begin with. */
export type Wish = { product: string | null; from: string | null };

export function readWish(params: Record<string, string | string[] | undefined>): Wish {
  const uuid = (name: string) => {
    const value = params[name];
    return typeof value === "string" && isUuid(value) ? value.toLowerCase() : null;
  };
  return { product: uuid("product"), from: uuid("from") };
}

export function wishQuery({ product, from }: Wish): string {
  if (from) return `from=${from}`;
  return product ? `product=${product}` : "";
}

/** `missing`: what was asked for and is no longer sold; null stands for something without a name. */
export async function readPrefill(
  ctx: Runtime,
  actor: UserActor,
  wish: Wish,
): Promise<{ prefill: Prefill | null; missing: (string | null)[] }> {
  if (wish.from) return fromOrder(ctx, actor, wish.from);
  if (!wish.product) return { prefill: null, missing: [] };
  const product = await readProduct(ctx, actor, wish.product);
  if (!product || product.gone) return { prefill: null, missing: [product?.name ?? null] };
  const draft: Draft = { ...emptyDraft, lines: [newLine("first", product)] };
  return { prefill: { draft, start: "quantity" }, missing: [] };
}

async function fromOrder(ctx: Runtime, actor: UserActor, orderId: string) {
  const order = await readOrder(ctx, actor, orderId);
  if (!order) return { prefill: null, missing: [null] };
  const ids = order.items.map(({ externalId }) => externalId);
  const products = await readProductsByExternalId(ctx, actor, ids);
  const lines: DraftLine[] = [];
  const missing: string[] = [];
  for (const item of order.items) {
    const product = products.find(({ externalId }) => externalId === item.externalId);
    if (product && !product.gone) {
      lines.push(repeatedLine(item, newLine(item.id, product), order.currency));
    } else missing.push(item.productName);
  }
  if (lines.length === 0) return { prefill: null, missing };
  const { customerRef, isMock } = order;
  const draft = { lines, customerRef: customerRef ?? "", isMock };
  return { prefill: { draft, start: "review" as const }, missing };
}

/** As it was ordered before; a price that has moved since is shown beside the old one. */
function repeatedLine(item: OrderItemView, line: DraftLine, currency: string): DraftLine {
  const moved = line.product.currency === currency && line.product.price !== item.unitPrice;
  const note = Object.entries(item.note ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    ...line,
    quantity: String(item.quantity),
    note: Object.fromEntries(note),
    priceBefore: moved ? item.unitPrice : null,
  };
}
