import { z } from "zod";
import type { Truth } from "./facts.ts";

const schema = z.object({
  balances: z.object({ usd: z.object({ available: z.string(), reserved: z.string() }) }),
  landings: z.array(z.unknown()),
  lies: z.array(
    z.object({ orderId: z.string(), item: z.int(), externalData: z.array(z.unknown()) }),
  ),
  orders: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      createdAt: z.string(),
      totalPrice: z.string(),
      isMock: z.boolean(),
      origin: z.enum(["call", "late", "foreign"]),
      paidCount: z.int(),
      moneyReturned: z.boolean(),
      items: z.array(
        z.object({
          productId: z.string(),
          quantity: z.int(),
          note: z.unknown(),
          codes: z.array(z.unknown()),
        }),
      ),
    }),
  ),
});

/** What the simulator's control port tells, as the checks need it. */
export function readTruth(told: unknown, startBalance: string): Truth {
  const { balances, landings, lies, orders } = schema.parse(told);
  return {
    ...balances.usd,
    startBalance,
    landings: landings.length,
    lies,
    orders: orders.map((order) => ({ ...order, id: order.id.toLowerCase() })),
  };
}
