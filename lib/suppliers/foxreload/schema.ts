import { z } from "zod";
import type { Json } from "../port.ts";
import { cleanText } from "./clean-text.ts";
import { countFrom, decimalText } from "./decimal-text.ts";
import { readTime } from "./read-time.ts";

/**
 * The shapes of FoxReload's answers. Only what an answer is useless without is required; any other
 * field that is missing or of another type than expected reads as null and sinks nothing.
 */

/** An id as sent: 1 to 200 printable characters, or a number. */
const id = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .refine((text) => /^[^\s\p{C}]{1,200}$/u.test(text));
/** What is merely left out is no mistake to be caught: that would cost more than reading it. */
const optionalId = id
  .nullish()
  .transform((known) => known ?? null)
  .catch(null);
const text = (maxChars: number) =>
  z
    .string()
    .transform((value) => cleanText(value, maxChars) || null)
    .nullable()
    .catch(null);
/** Text that is not cleaned or cut yet, because codes have to be found in it first. */
const rawText = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);
const flag = z.boolean().nullable().catch(null);
const amount = z.unknown().transform(decimalText).catch(null);
const count = z.unknown().transform(countFrom).catch(null);
const time = z.unknown().transform(readTime).catch(null);
const currencyCode = z
  .string()
  .regex(/^\s*[A-Za-z]{2,10}\s*$/)
  .transform((value) => value.trim().toUpperCase());
const currency = currencyCode.nullable().catch(null);
/** Parsed JSON that stays uninterpreted. */
const json = z.custom<Json>(() => true).optional();

const orderItem = z
  .object({
    product: z.object({ id: optionalId }).nullable().catch(null),
    productId: optionalId,
    itemId: optionalId,
    quantity: count,
    note: json,
    error: json,
    externalData: json,
  })
  .nullable()
  .catch(null);

/** FoxReload takes 10 lines an order. Far more would take too long to read, and none may be dropped. */
const MAX_ORDER_LINES = 1_000;
const lines = z
  .array(z.unknown())
  .catch([])
  .refine((all) => all.length <= MAX_ORDER_LINES)
  .pipe(z.array(orderItem));

export const orderShape = z.object({
  id,
  status: rawText,
  cancelReason: rawText,
  items: lines,
  totalPrice: amount,
  total: amount,
  currency,
  isMock: flag,
  paymentExpiresAt: time,
  createdAt: time,
});

export const balanceShape = z.object({
  currency: currencyCode,
  available: amount,
  reserved: amount,
  pending: amount,
});

export const categoryShape = z.object({
  id,
  name: text(200),
  slug: text(200),
  parentId: optionalId,
  hasProducts: flag,
});

export const productShape = z.object({
  id,
  name: text(300),
  slug: text(300),
  description: text(20_000),
  categoryId: optionalId,
  attributes: json,
  price: amount,
  currency,
  quantity: count,
  orderMinQuantity: count,
  orderMaxQuantity: count,
  requiredNoteFields: json,
  noteFieldTypes: json,
  noteFieldOptions: json,
  isService: flag,
  deliveryType: text(100),
  userGuide: text(20_000),
});
