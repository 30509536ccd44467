import { countFrom, decimalText } from "../http/decimal-text.ts";
import { detailText } from "../http/error-body.ts";
import type { Hide } from "../http/hide-codes.ts";
import { isObject } from "../http/is-object.ts";
import { limits } from "../http/limits.ts";
import { readNote } from "../http/read-note.ts";
import { readTime } from "../http/read-time.ts";
import { redactOrder } from "../http/redact.ts";
import * as shapes from "../http/shapes.ts";
import type { Json, SupplierOrder, SupplierOrderItem, SupplierOrderState } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { readAt } from "./field-path.ts";
import { COMMON_STATUSES, plainWord } from "./known-words.ts";
import { holdsItsCode, readDelivered } from "./read-delivered.ts";
import { displayOf } from "./shown-fields.ts";

const MAX_WORD_CHARS = 100;
/** Far more than are ordered at once; none may be dropped. */
const MAX_ITEMS = 1_000;
/** Names under which an answer may hold the order. */
const ENVELOPES = ["order", "data", "result"];

/** An order as it was told, with our reference where it is repeated. */
export type ToldOrder = { order: SupplierOrder; reference: string | null };

export type OrderReader = {
  /** The order in an answer, bare or in an envelope, or null when it names none. */
  inAnswer(answer: Json): ToldOrder | null;
  /** The order that `json` is. */
  from(json: Json): ToldOrder | null;
  stateOf(word: string): SupplierOrderState;
};

/** Reads orders by an account's mapping. Codes are in `items[].codes` alone; all that is shown has them hidden. */
export function orderReader(config: SignedWebhookConfig, secrets: readonly string[]): OrderReader {
  const { fields } = config;
  const states = new Map(Object.entries({ ...COMMON_STATUSES, ...config.statuses }));
  const stateOf = (word: string): SupplierOrderState => states.get(plainWord(word)) ?? "unknown";
  const display = displayOf(config, (text) => states.has(plainWord(text)), secrets);

  function from(json: Json): ToldOrder | null {
    if (!isObject(json)) return null;
    const id = shapes.id.safeParse(readAt(json, fields.id));
    const rows = readAt(json, fields.items) ?? [];
    if (!id.success || !Array.isArray(rows) || rows.length > MAX_ITEMS) return null;
    const delivered = readItems(rows, fields);
    const hide = display.hiderOf(json, delivered);
    const word = wordAt(json, fields.status);
    const total = readAt(json, fields.total);
    const currencyTold = readAt(json, fields.currency);
    const currency = shapes.currency.parse(currencyTold ?? null);
    const isMock = readAt(json, fields.isMock);
    return {
      reference: referenceAt(json, fields.reference),
      order: {
        supplierOrderId: id.data,
        state: stateOf(word),
        word: hide(word, MAX_WORD_CHARS),
        cancelReason: said(readAt(json, fields.reason), hide, MAX_WORD_CHARS),
        items: delivered.map((item, at) => ({
          ...item,
          error: said(readAt(rows[at] ?? null, fields.error), hide, limits.detailChars),
        })),
        totalPrice: decimalText(total),
        currency,
        isMock: typeof isMock === "boolean" ? isMock : null,
        isPriceUnclear:
          (total !== undefined && decimalText(total) === null) ||
          (currencyTold !== undefined && currency === null),
        paymentExpiresAt: null,
        paymentUrl: null,
        createdAt: readTime(readAt(json, fields.createdAt)),
        redacted: redactOrder(json, hide, display.shown),
      },
    };
  }

  return {
    from,
    stateOf,
    inAnswer(answer) {
      if (!isObject(answer)) return null;
      // An order may speak of an error of its own; an envelope that does is no order's.
      if (saysNo(answer) && readAt(answer, fields.id) === undefined) return null;
      if (fields.order !== null) return from(readAt(answer, fields.order) ?? null);
      return (
        from(answer) ??
        ENVELOPES.map((name) => answer[name])
          .filter(isObject)
          .map(from)
          .find((order) => order !== null) ??
        null
      );
    },
  };
}

/** An envelope that speaks of an error stays closed: what it then holds is anybody's guess. */
export const saysNo = (answer: { [key: string]: Json }): boolean =>
  answer.success === false || answer.ok === false || !!answer.error;

/** Our reference as it is repeated; null where it isn't. */
export const referenceAt = (json: Json, path: string): string | null =>
  shapes.optionalId.parse(readAt(json, path) ?? null);

export const wordAt = (json: Json, path: string): string =>
  (shapes.rawText.parse(readAt(json, path) ?? null) ?? "").trim();

function readItems(rows: Json[], fields: SignedWebhookConfig["fields"]): SupplierOrderItem[] {
  // Where units are items of their own, one without a code is a unit as well, and keeps its place.
  const areUnits = rows.some((row) => holdsItsCode(row, fields));
  return rows.map((row) => ({
    productId: shapes.optionalId.parse(readAt(row, fields.sku) ?? null),
    quantity: countFrom(readAt(row, fields.quantity)) ?? (areUnits ? 1 : null),
    note: readNote(isObject(row) ? row.note : undefined),
    error: null,
    codes: readDelivered(row, fields),
  }));
}

function said(words: Json | undefined, hide: Hide, maxChars: number): string | null {
  if (words === undefined || words === false || words === true) return null;
  return hide(detailText(words), maxChars) || null;
}
