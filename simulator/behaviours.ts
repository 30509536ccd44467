import { z } from "zod";
import { balanceCurrencies } from "./money.ts";

const milliseconds = z.int().min(0).max(86_400_000);
const decimal = z.string().regex(/^\d{1,12}(\.\d{1,8})?$/, "write an amount as decimal text");

/** How long from payment to the end: exactly, evenly between two bounds, or exponential around a mean. */
export const distributionSchema = z.union([
  z.strictObject({ ms: milliseconds }),
  z.strictObject({ minMs: milliseconds, maxMs: milliseconds }),
  z.strictObject({ meanMs: milliseconds, maxMs: milliseconds.optional() }),
]);
export type Distribution = z.infer<typeof distributionSchema>;

export const cancelReasons = ["payment_failure", "payment_expiration", "user_request"] as const;

/** What becomes of an order. Drawn once, when the order is created, and kept with it. */
export const fateSchema = z.strictObject({
  completeAfter: distributionSchema.optional(),
  stall: z.enum(["active", "paid", "processing"]).optional(),
  fail: z
    .strictObject({
      message: z.string().default("The upstream source could not fulfil this item"),
      keepMoney: z.boolean().default(false),
    })
    .optional(),
  cancel: z
    .strictObject({
      reason: z.enum(cancelReasons).nullable(),
      when: z.enum(["unpaid", "paid"]).default("paid"),
      keepMoney: z.boolean().default(false),
    })
    .optional(),
  itemError: z
    .strictObject({
      item: z.int().min(0).max(9).optional(),
      message: z.string().default("Item could not be delivered"),
    })
    .optional(),
  partialCodes: z.int().min(0).max(1000).optional(),
  extraCodes: z.int().min(1).max(1000).optional(),
  repeatCode: z.literal(true).optional(),
});
export type Fate = z.infer<typeof fateSchema>;

/** How far the clock that the supplier tells times by may be off. */
export const clockOffsetSchema = z.int().min(-86_400_000).max(86_400_000);

/** What changes in the supplier's world, for good, just before the matching request is handled. */
export const worldChangeSchema = z.strictObject({
  priceChange: z
    .union([z.strictObject({ by: decimal }), z.strictObject({ to: decimal })])
    .optional(),
  outOfStock: z.literal(true).optional(),
  balance: z.strictObject({ currency: z.enum(balanceCurrencies), available: decimal }).optional(),
  clockOffsetMs: clockOffsetSchema.optional(),
});
export type WorldChange = z.infer<typeof worldChangeSchema>;

/** What happens to one answer on its way out. */
export const replyFaultSchema = z.strictObject({
  delayBeforeMs: milliseconds.optional(),
  delayMs: milliseconds.optional(),
  loseReply: z.enum(["before", "after"]).optional(),
  landLateMs: milliseconds.optional(),
  cutAt: z.int().min(0).max(268_435_456).optional(),
  rateLimit: z
    .strictObject({
      retryAfter: z.union([z.int().min(0).max(86_400), z.string()]).optional(),
      as: z.enum(["seconds", "date"]).default("seconds"),
    })
    .optional(),
  refuse: z
    .strictObject({
      status: z.int().min(400).max(499),
      code: z.string().optional(),
      detail: z.unknown().optional(),
    })
    .optional(),
  serverError: z
    .strictObject({ status: z.int().min(500).max(599).default(503), effect: z.boolean() })
    .optional(),
  garble: z.enum(["truncated", "cut", "html", "wrong-types", "empty"]).optional(),
  dripMsPerByte: z.int().min(1).max(60_000).optional(),
  unknownStatus: z.string().min(1).optional(),
  oversizeBytes: z.int().min(1).max(268_435_456).optional(),
});
export type ReplyFault = z.infer<typeof replyFaultSchema>;

const share = z.number().min(0).max(1);

/** How orders are listed and shown: odd, but not untrue. */
export const mannerSchema = z.strictObject({
  hideFor: z.strictObject({ ms: milliseconds }).optional(),
  listDrop: share.optional(),
  listDuplicate: share.optional(),
  ignoreFilter: z.literal(true).optional(),
  samePage: z.literal(true).optional(),
  oddEnvelope: z.literal(true).optional(),
  order: z.literal("oldest_first").optional(),
  omit: z.array(z.enum(["note", "quantity", "isMock", "createdAt"])).optional(),
  bare: z.literal(true).optional(),
  wrap: z.enum(["data", "order"]).optional(),
});
export type Manner = z.infer<typeof mannerSchema>;

/** What one answer says of an order that isn't so. */
export const lieSchema = z.strictObject({
  statusBack: z.literal(true).optional(),
  changeCodes: z.literal(true).optional(),
  growCodes: z.int().min(1).max(1000).optional(),
  shrinkCodes: z.int().min(1).max(1000).optional(),
  reorderCodes: z.literal(true).optional(),
});
export type Lie = z.infer<typeof lieSchema>;

/** Everything a rule can do: any mixture of the five kinds. */
export const behaviourSchema = z
  .strictObject({
    ...fateSchema.shape,
    ...worldChangeSchema.shape,
    ...replyFaultSchema.shape,
    ...mannerSchema.shape,
    ...lieSchema.shape,
  })
  .refine((behaviour) => Object.keys(behaviour).length > 0, "say at least one thing to do");
export type Behaviour = z.infer<typeof behaviourSchema>;

/** The fate in a behaviour, or null where it names none. */
export function fateOf(behaviour: Behaviour): Fate | null {
  return partOf(behaviour, fateSchema);
}

/** The change of the world in a behaviour, or null where it names none. */
export function worldChangeOf(behaviour: Behaviour): WorldChange | null {
  return partOf(behaviour, worldChangeSchema);
}

/** The fault of the answer in a behaviour, or null where it names none. */
export function replyFaultOf(behaviour: Behaviour): ReplyFault | null {
  return partOf(behaviour, replyFaultSchema);
}

/** The manner in a behaviour, or null where it names none. */
export function mannerOf(behaviour: Behaviour): Manner | null {
  return partOf(behaviour, mannerSchema);
}

/** The lie in a behaviour, or null where it names none. */
export function lieOf(behaviour: Behaviour): Lie | null {
  return partOf(behaviour, lieSchema);
}

function partOf<Part extends object>(
  behaviour: Behaviour,
  schema: { shape: object; parse: (value: unknown) => Part },
): Part | null {
  const own = Object.entries(behaviour).filter(
    ([key, value]) => key in schema.shape && value !== undefined,
  );
  return own.length === 0 ? null : schema.parse(Object.fromEntries(own));
}
