/** What FoxReload shows of an order of one item: nothing but what follows from its id. */
import { createHash } from "node:crypto";

export const BALANCES = JSON.stringify([
  { currency: "USD", available: "1000.00", reserved: "0.00", pending: "0.00" },
]);

export function orderOf(
  id: string,
  status: "active" | "processing" | "completed",
  createdAt: Date,
): object {
  const code = createHash("sha1").update(id).digest("hex").slice(0, 20).toUpperCase();
  return {
    id,
    status,
    cancelReason: null,
    totalPrice: "4.7500",
    currency: "USD",
    isMock: false,
    createdAt,
    updatedAt: createdAt,
    paymentExpiresAt: new Date(createdAt.getTime() + 15 * 60_000),
    items: [
      {
        product: { id: "product_bench", name: "Gift card 5 USD" },
        quantity: 1,
        price: "4.7500",
        note: null,
        userGuide: null,
        error: null,
        externalData: status === "completed" ? [code] : null,
      },
    ],
  };
}
