import type { z } from "zod";
import { unwrapOne } from "../http/envelope.ts";
import { detailText } from "../http/error-body.ts";
import { codeHider, type Hide } from "../http/hide-codes.ts";
import { isObject } from "../http/is-object.ts";
import { limits } from "../http/limits.ts";
import { readCodes } from "../http/read-codes.ts";
import { readNote } from "../http/read-note.ts";
import { redactOrder } from "../http/redact.ts";
import type { Json, SupplierOrder, SupplierOrderItem } from "../port.ts";
import { orderState } from "./order-state.ts";
import { orderShape } from "./schema.ts";
import { hiddenWith, SHOWN } from "./shown-fields.ts";

const MAX_WORD_CHARS = 100;

type Shape = z.infer<typeof orderShape>;

/**
 * The order in an answer, bare or wrapped, or null when it names none: the id alone decides. Text
 * that staff will see has the codes hidden in it; codes themselves are only in `items[].codes`.
 */
export function mapOrder(answer: Json, apiKey: string): SupplierOrder | null {
  const sent = unwrapOne(answer, "order");
  const parsed = orderShape.safeParse(sent);
  if (!parsed.success) return null;
  const order = parsed.data;
  // The envelope too: it may hold codes that the order repeats.
  const hide = codeHider(answer, hiddenWith(apiKey));
  const status = (order.status ?? "").trim();
  const totalPrice = order.totalPrice ?? order.total;
  return {
    supplierOrderId: order.id,
    state: orderState(status),
    word: hide(status, MAX_WORD_CHARS),
    cancelReason: hide(order.cancelReason ?? "", MAX_WORD_CHARS) || null,
    items: order.items.map((item) => mapItem(item, hide)),
    totalPrice,
    currency: order.currency,
    isMock: order.isMock,
    isPriceUnclear:
      (totalPrice === null && names(sent, "totalPrice", "total")) ||
      (order.currency === null && names(sent, "currency")),
    paymentExpiresAt: order.paymentExpiresAt,
    paymentUrl: null,
    createdAt: order.createdAt,
    redacted: redactOrder(sent, hide, SHOWN),
  };
}

const names = (order: Json, ...fields: string[]): boolean =>
  isObject(order) && fields.some((field) => (order[field] ?? null) !== null);

/** An entry that is no object keeps its place as an empty item, so that items stay in order. */
function mapItem(item: Shape["items"][number], hide: Hide): SupplierOrderItem {
  return {
    productId: item?.product?.id ?? item?.itemId ?? item?.productId ?? null,
    quantity: item?.quantity ?? null,
    note: readNote(item?.note),
    error: itemError(item?.error, hide),
    codes: readCodes(item?.externalData),
  };
}

function itemError(error: Json | undefined, hide: Hide): string | null {
  if (error === undefined || error === null || error === false) return null;
  return hide(detailText(error), limits.detailChars) || null;
}
