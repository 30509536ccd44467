import { z } from "zod";
import { catchUp } from "./catch-up.ts";
import { notFound } from "./http/refusals.ts";
import type { Reply } from "./http/reply.ts";
import type { Call } from "./http/router.ts";
import { orderCurrencies } from "./money.ts";
import { createOrder } from "./routes/create-order.ts";
import { payOrder } from "./routes/pay-order.ts";
import type { World } from "./world.ts";

/** What somebody else orders from the same account. `product` is an id or slug. */
export const foreignOrderSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        product: z.string(),
        quantity: z.int().default(1),
        note: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .min(1),
  isMock: z.boolean().default(false),
  pay: z.boolean().default(false),
  currency: z.enum(orderCurrencies).default("usd"),
});
export type ForeignOrder = z.input<typeof foreignOrderSchema>;

/** Places an order that no client of ours asked for, and pays it if it says so. Answers as the supplier does. */
export function placeForeign(order: z.output<typeof foreignOrderSchema>, world: World): Reply {
  catchUp(world);
  const items = order.items.map(({ product, quantity, note }) => ({
    itemId: world.catalogue.product(product)?.id,
    quantity,
    note,
  }));
  if (items.some(({ itemId }) => itemId === undefined)) return notFound("Product");
  const call = callOf(order.currency, { items, isMock: order.isMock });
  const created = createOrder(call, world);
  const id = (created.json as { id?: string }).id;
  if (!order.pay || world.settings.createCharges || id === undefined) return created;
  const paid = payOrder({ ...callOf(order.currency, {}), params: { order: id } }, world);
  return paid.status === 200 ? { ...paid, status: created.status } : paid;
}

function callOf(currency: Call["currency"], body: unknown): Call {
  return {
    params: {},
    query: new URLSearchParams(),
    body: JSON.stringify(body),
    currency,
    fate: null,
    manner: null,
    lie: null,
    origin: "foreign",
  };
}
