import { z } from "zod";

/** FoxReload takes one to ten items an order. */
export const MOST_LINES = 10;
export const LONGEST_REFERENCE = 200;

const amount = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/);

/** What a door hands to `placeOrder`; what the catalogue says is checked there. */
export const newOrderSchema = z.strictObject({
  /** One intent, one reference: a repeated post gets the same order. */
  clientRef: z.string().min(8).max(LONGEST_REFERENCE),
  lines: z
    .array(
      z.strictObject({
        productId: z.uuid(),
        quantity: z.int().min(1).max(100_000),
        note: z.record(z.string().max(100), z.union([z.string().max(2_000), z.number()])),
      }),
    )
    .min(1)
    .max(MOST_LINES),
  customerRef: z.string().trim().max(LONGEST_REFERENCE).nullable(),
  isMock: z.boolean(),
  /** The total that the person saw and agreed to. */
  agreedTotal: amount,
});

export type NewOrder = z.infer<typeof newOrderSchema>;

/** What stands in the way, and on which line; each has its sentence in the message catalogues. */
export type OrderProblem =
  | { kind: "malformed"; path: string }
  | { kind: "no_supplier" }
  | { kind: "unknown_product"; line: number }
  | { kind: "product_gone"; line: number }
  | { kind: "out_of_stock"; line: number; stock: number }
  | { kind: "below_minimum"; line: number; minimum: number }
  | { kind: "above_maximum"; line: number; maximum: number }
  | { kind: "note"; line: number; field: string; problem: string }
  | { kind: "mixed_suppliers" }
  | { kind: "price_changed"; total: string; currency: string };

export type PlaceResult =
  | { kind: "placed"; orderId: string }
  /** This intent was placed before; nothing new was stored. */
  | { kind: "repeated"; orderId: string }
  /** The reference belongs to an order with other contents. */
  | { kind: "reference_taken"; orderId: string }
  | { kind: "invalid"; problems: OrderProblem[] };
