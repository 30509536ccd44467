import { decimalText } from "../http/decimal-text.ts";
import { isObject } from "../http/is-object.ts";
import type { Read } from "../http/outcome.ts";
import { isSameReference } from "../http/same-reference.ts";
import * as shapes from "../http/shapes.ts";
import type { Json, SupplierBalance, SupplierOrder } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";
import { readAt } from "./field-path.ts";
import { type OrderReader, saysNo } from "./read-order.ts";

const MAX_BALANCES = 200;

const no = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/**
 * The order made under `reference`. What repeats another reference is another's order, whose id must
 * not be kept as ours. Taken without a word, it is at work.
 */
export function readCreated(
  answer: Json,
  reader: OrderReader,
  reference: string,
): Read<SupplierOrder> {
  const told = reader.inAnswer(answer);
  if (!told) return no("the answer names no order id");
  if (told.reference !== null && !isSameReference(told.reference, reference)) {
    return no("the answer is about another reference");
  }
  const { order } = told;
  return { ok: true, value: order.word === "" ? { ...order, state: "processing" } : order };
}

/** The order `id`. An answer about another order is nobody's: its codes must not end up here. */
export function readOrder(answer: Json, reader: OrderReader, id: string): Read<SupplierOrder> {
  const told = reader.inAnswer(answer);
  if (!told) return no("the answer names no order id");
  if (told.order.supplierOrderId.toLowerCase() !== id.toLowerCase()) {
    return no("the answer is about another order");
  }
  return { ok: true, value: told.order };
}

/**
 * The one order under our reference, or null for a list that holds none. A list of other orders has not
 * been searched, an order that can't be read may hold an empty list of its own, and two orders are for a
 * person: none of these may pass for "not created".
 */
export function readFound(
  answer: Json,
  reader: OrderReader,
  fields: SignedWebhookConfig["fields"],
  reference: string,
): Read<SupplierOrder | null> {
  const one = reader.inAnswer(answer);
  if (!one && isLikeOrder(answer, fields)) return no("the answer names no order id");
  const rows = one ? [] : rowsIn(answer, fields.orders);
  if (!rows) return no("the answer holds neither an order nor a list of orders");
  if (!one && rows.length === 0) return { ok: true, value: null };
  const told = one ? [one] : rows.map(reader.from);
  const ours = told.filter((order) => order && isSameReference(order.reference, reference));
  const [found] = ours;
  if (!found) return no("the answer is about other references");
  if (ours.length > 1) return no("there are several orders under this reference");
  return { ok: true, value: found.order };
}

/** One whose id isn't where it should be. An envelope may have a status, too, but no items of an order. */
function isLikeOrder(answer: Json, fields: SignedWebhookConfig["fields"]): boolean {
  if (!isObject(answer)) return false;
  const has = (path: string) => (readAt(answer, path) ?? null) !== null;
  return has(fields.reference) || (has(fields.status) && has(fields.items));
}

/** Balances from a list, or the one of an account with one currency. */
export function readBalances(answer: Json, config: SignedWebhookConfig): Read<SupplierBalance[]> {
  const rows = rowsIn(answer, config.balance.rows);
  if (rows) {
    const balances = rows
      .slice(0, MAX_BALANCES)
      .map((row) => balanceIn(row, config, null))
      .filter((balance) => balance !== null);
    return rows.length > 0 && balances.length === 0
      ? no("no balance in the answer is understood")
      : { ok: true, value: balances };
  }
  const one = [answer, isObject(answer) ? (answer.data ?? null) : null]
    .map((json) => balanceIn(json, config, config.currency))
    .find((balance) => balance !== null);
  return one ? { ok: true, value: [one] } : no("the answer holds no balance");
}

/** The rows of a list, bare or at the path; null where there is none, or the answer speaks of an error. */
export function rowsIn(answer: Json, path: string): Json[] | null {
  if (Array.isArray(answer)) return answer;
  if (!isObject(answer) || saysNo(answer)) return null;
  const rows = path
    .split("|")
    .map((one) => readAt(answer, one))
    .find(Array.isArray);
  return rows ?? null;
}

/** @param otherwise the currency where the answer names none; null: then it isn't understood */
function balanceIn(
  json: Json,
  { balance }: SignedWebhookConfig,
  otherwise: string | null,
): SupplierBalance | null {
  if (!isObject(json)) return null;
  const available = decimalText(readAt(json, balance.available));
  const told = readAt(json, balance.currency);
  const currency = told === undefined ? otherwise : shapes.currency.parse(told);
  if (available === null || currency === null) return null;
  const reserved = decimalText(readAt(json, balance.reserved)) ?? "0";
  return { currency, available, reserved, pending: "0" };
}
