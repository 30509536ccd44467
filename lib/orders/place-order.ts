import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import { compareAmounts, totalOf } from "#lib/platform/money.ts";
import { notify } from "#lib/platform/notify.ts";
import type { NoteField } from "#lib/suppliers/port.ts";
import type { OrdersContext } from "./context.ts";
import { type NewOrder, newOrderSchema, type OrderProblem, type PlaceResult } from "./new-order.ts";
import { type Note, readNote } from "./note-problems.ts";
import { writeTimeline } from "./write-timeline.ts";

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

type Basket = { supplierId: string; currency: string; lines: Line[] };

/**
 * Commits an intent; nothing is sent to the supplier here. The engine guarantees that it will be, and
 * `workOnOrder` may do so at once. Whoever repeats a `clientRef`, however many at a time, gets the one
 * order. Throws `forbidden`.
 * @param input as it came through the door; anything may be wrong with it
 */
export async function placeOrder(
  ctx: OrdersContext,
  actor: Actor,
  input: unknown,
  correlationId: string,
): Promise<PlaceResult> {
  requirePermission(actor, "orders.place");
  const parsed = newOrderSchema.safeParse(input);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join("."));
    return { kind: "invalid", problems: paths.map((path) => ({ kind: "malformed", path })) };
  }
  const wanted = parsed.data;
  const earlier = await findEarlier(ctx, wanted);
  if (earlier) return earlier;

  const basket = await fillBasket(ctx, wanted);
  if (Array.isArray(basket)) return { kind: "invalid", problems: basket };

  const orderId = ctx.newId();
  const now = ctx.now();
  try {
    await ctx.db.$transaction(async (tx) => {
      await tx.order.create({
        data: {
          id: orderId,
          clientRef: wanted.clientRef,
          supplierId: basket.supplierId,
          status: "submitting",
          isMock: wanted.isMock,
          currency: basket.currency,
          agreedTotal: wanted.agreedTotal,
          customerRef: wanted.customerRef || null,
          ...actorColumns(actor),
          correlationId,
          createdAt: now,
          statusChangedAt: now,
          nextPollAt: now,
          items: {
            create: basket.lines.map(({ note, ...line }, position) => ({
              ...line,
              ...(note ? { note } : {}),
              id: ctx.newId(),
              position,
            })),
          },
        },
      });
      const data = { total: wanted.agreedTotal, currency: basket.currency };
      await writeTimeline(tx, ctx, orderId, [{ kind: "placed", data, actor: actor.name }], now);
      await notify(tx, [`order:${orderId}`, "work"]);
    });
  } catch (error) {
    // Somebody with the same reference was faster.
    const winner = await findEarlier(ctx, wanted);
    if (winner) return winner;
    throw error;
  }
  ctx.log.info({ orderId, correlationId, actor: actor.name }, "order placed");
  return { kind: "placed", orderId };
}

async function findEarlier(ctx: OrdersContext, wanted: NewOrder): Promise<PlaceResult | null> {
  const order = await ctx.db.order.findUnique({
    where: { clientRef: wanted.clientRef },
    include: { items: { orderBy: { position: "asc" } } },
  });
  if (!order) return null;
  const products = await ctx.db.product.findMany({
    where: { id: { in: wanted.lines.map((line) => line.productId) } },
    select: { id: true, externalId: true },
  });
  const externalOf = new Map(products.map((product) => [product.id, product.externalId]));
  const same =
    order.isMock === wanted.isMock &&
    order.customerRef === (wanted.customerRef || null) &&
    order.items.length === wanted.lines.length &&
    order.items.every((item, index) => {
      const line = wanted.lines[index];
      return (
        line &&
        item.quantity === line.quantity &&
        item.externalId === externalOf.get(line.productId) &&
        sameNote(item.note, line.note)
      );
    });
  return { kind: same ? "repeated" : "reference_taken", orderId: order.id };
}

/** What was typed counts where the product asked for it; the rest was dropped when it was stored. */
function sameNote(stored: unknown, typed: Record<string, unknown>): boolean {
  return Object.entries((stored ?? {}) as Note).every(
    ([field, value]) => String(value) === String(typed[field] ?? "").trim(),
  );
}

/** Holds the wanted lines against the catalogue: the basket, or everything that is wrong with it. */
async function fillBasket(ctx: OrdersContext, wanted: NewOrder): Promise<Basket | OrderProblem[]> {
  const products = await ctx.db.product.findMany({
    where: { id: { in: wanted.lines.map((line) => line.productId) } },
  });
  const byId = new Map(products.map((product) => [product.id, product]));
  const problems: OrderProblem[] = [];
  const lines: Line[] = [];
  for (const [line, { productId, quantity, note: typed }] of wanted.lines.entries()) {
    const product = byId.get(productId);
    if (!product) {
      problems.push({ kind: "unknown_product", line });
      continue;
    }
    const { minQuantity, maxQuantity, stock } = product;
    if (product.goneAt) problems.push({ kind: "product_gone", line });
    if (quantity < minQuantity)
      problems.push({ kind: "below_minimum", line, minimum: minQuantity });
    if (maxQuantity !== null && quantity > maxQuantity) {
      problems.push({ kind: "above_maximum", line, maximum: maxQuantity });
    } else if (stock !== null && quantity > stock) {
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
