import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { fingerprintOf, plainNote } from "#lib/placement/basket.ts";
import type { Tx } from "#lib/platform/db.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import type { OrdersContext } from "./context.ts";
import { type Basket, fillBasket } from "./fill-basket.ts";
import { type NewOrder, newOrderSchema, type PlaceRequest, type PlaceResult } from "./new-order.ts";
import type { Note } from "./note-problems.ts";
import { type Stored, storeIntent } from "./store-intents.ts";

/**
 * Commits an intent; nothing is sent to the supplier here. The engine guarantees that it will be, and
 * `workOnOrder` may do so at once. Whoever repeats a `clientRef`, however many at a time, gets the one
 * order. Throws `forbidden`.
 * @param input as it came through the door; anything may be wrong with it
 * @param mayStore called first in the order's own transaction; where it rejects nothing is stored
 */
export async function placeOrder(
  ctx: OrdersContext,
  actor: Actor,
  input: unknown,
  request: PlaceRequest,
  mayStore?: (tx: Tx) => Promise<void>,
): Promise<PlaceResult> {
  requirePermission(actor, "orders.place");
  const parsed = newOrderSchema.safeParse(input);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join("."));
    return { kind: "invalid", problems: paths.map((path) => ({ kind: "malformed", path })) };
  }
  const wanted = parsed.data;
  if (wanted.overBalance !== undefined) requirePermission(actor, "balance.override");
  const basket = await fillBasket(ctx, wanted);
  if (Array.isArray(basket)) {
    // An order that was placed stays so, whatever its goods are now.
    return (await findEarlier(ctx, wanted)) ?? { kind: "invalid", problems: basket };
  }
  const orderId = ctx.newId();
  const fingerprint = fingerprintOfLines(wanted, basket);
  let stored: Stored;
  try {
    const intent = { orderId, actor, wanted, basket, fingerprint, request, mayStore };
    stored = await storeIntent(ctx, intent);
  } catch (error) {
    // Somebody with the same reference was faster by a moment.
    const winner = await findEarlier(ctx, wanted);
    if (winner) return winner;
    throw error;
  }
  switch (stored.kind) {
    case "stored": {
      const { correlationId } = request;
      ctx.log.info({ orderId, correlationId, actor: actor.name }, "order placed");
      return { kind: "placed", orderId };
    }
    case "repeated": {
      const earlier = await findEarlier(ctx, wanted);
      if (!earlier) throw new Error("An order that was just there is gone.");
      return earlier;
    }
    case "kept_back":
      throw stored.error;
    default:
      return stored;
  }
}

function fingerprintOfLines({ isMock }: NewOrder, { currency, lines }: Basket): string {
  const asked = lines.map(({ externalId: productId, quantity, note }) => ({
    productId,
    quantity,
    note: plainNote(note),
  }));
  return fingerprintOf({ currency, isMock, lines: asked });
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
    compareAmounts(order.agreedTotal.toFixed(), wanted.agreedTotal) === 0 &&
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
  return Object.entries((stored ?? {}) as Note).every(([field, value]) => {
    const text = String(typed[field] ?? "").trim();
    return typeof value === "number" ? text !== "" && Number(text) === value : text === value;
  });
}
