import { z } from "zod";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { PauseView } from "#lib/suppliers/pause-policy.ts";
import type { OrderStatus } from "./lifecycle.ts";
import { LONGEST_REASON, LONGEST_REFERENCE, MOST_LINES, MOST_UNITS } from "./new-order-limits.ts";

/** More than anybody types by mistake, so that `too_long` can be said of the one field. */
const LONGEST_TYPED = 20_000;
const MOST_FIELDS = 50;

const amount = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/);

/** One line of text without mark-up; also what PostgreSQL can store: no NUL, no half characters. */
const reference = z
  .string()
  .trim()
  .max(LONGEST_REFERENCE)
  .regex(/^[^<>\p{Cc}\p{Cs}]*$/u);

/** Read against the product's own fields by `readNote`, which says what is wrong with which. */
const note = z
  .record(
    z.string().regex(/^[^<>\p{Cc}\p{Cs}]{1,100}$/u),
    z.union([
      z
        .string()
        .max(LONGEST_TYPED)
        .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u),
      z.number(),
    ]),
  )
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS);

/** What a door hands to `placeOrder`; what the catalogue says is checked there. */
export const newOrderSchema = z.strictObject({
  /** One intent, one reference: a repeated post gets the same order. */
  clientRef: reference.min(8),
  lines: z
    .array(
      z.strictObject({
        productId: z.uuid(),
        quantity: z.int().min(1).max(MOST_UNITS),
        note,
      }),
    )
    .min(1)
    .max(MOST_LINES),
  customerRef: reference.nullable(),
  isMock: z.boolean(),
  /** The total that the person saw and agreed to. */
  agreedTotal: amount,
  /** Orders for the same goods that the person was shown, and wants this one beside. */
  similarSeen: z.array(z.uuid()).max(100).optional(),
  /** Only for API keys, whose every `Idempotency-Key` is a wish of its own unless they say this. */
  refuseSimilar: z.boolean().optional(),
  /** Why to order although so much is missing; takes the right to say so. */
  overBalance: z
    .strictObject({
      reason: z
        .string()
        .trim()
        .min(3)
        .max(LONGEST_REASON)
        .regex(/^[^<>\p{Cc}\p{Cs}]*$/u),
      /** As the person was shown it. */
      missing: amount,
    })
    .optional(),
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

/** Where the order came from; its reference goes with everything that is done for it. */
export type PlaceRequest = RequestFacts & { correlationId: string };

export type PlaceResult =
  | { kind: "placed"; orderId: string }
  /** This intent was placed before; nothing new was stored. */
  | { kind: "repeated"; orderId: string }
  /** The reference belongs to an order with other contents. */
  | { kind: "reference_taken"; orderId: string }
  /** Just ordered by somebody: nothing was stored. To be asked again with these in `similarSeen`. */
  | { kind: "similar"; orders: SimilarOrder[] }
  /** The balance doesn't reach: nothing was stored. May be asked again with a reason for it in `overBalance`. */
  | { kind: "short"; shortfall: Shortfall }
  /** Somebody has paused ordering at this supplier: nothing was stored. */
  | { kind: "paused"; supplierName: string; pause: PauseView }
  /** It is more than this person, or this key, may still spend today: nothing was stored. */
  | { kind: "over_limit"; limit: SpendRefusal }
  | { kind: "invalid"; problems: OrderProblem[] };

/** Decimal text. `left` of `perDay`, of which a day that ends at midnight UTC has used up the rest. */
export type SpendRefusal = { currency: string; perDay: string; left: string; asked: string };

/** Decimal text. `committed`: what other orders have been promised of `available`. */
export type Shortfall = {
  currency: string;
  available: string;
  committed: string;
  missing: string;
  /** Whether this person may order all the same. */
  mayOverride: boolean;
};

/** An order for the same goods, placed so lately that it may be the same wish. */
export type SimilarOrder = {
  id: string;
  status: OrderStatus;
  createdAt: string;
  customerRef: string | null;
  placedBy: string;
};
