import { z } from "zod";
import {
  amount,
  count,
  currency,
  currencyCode,
  flag,
  id,
  json,
  optionalId,
  rawText,
  text,
  time,
} from "../http/shapes.ts";

/**
 * The shapes of FoxReload's answers. Only what an answer is useless without is required; any other
 * field that is missing or of another type than expected reads as null and sinks nothing.
 */
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
