import { unwrapList, unwrapOne } from "../http/envelope.ts";
import { readErrorBody } from "../http/error-body.ts";
import { isObject } from "../http/is-object.ts";
import type { Read } from "../http/outcome.ts";
import type { Json, SupplierBalance, SupplierOrder, SupplierProduct } from "../port.ts";
import { KNOWN_CODES } from "./known-codes.ts";
import { mapBalance } from "./map-balance.ts";
import { mapOrder } from "./map-order.ts";
import { mapProduct } from "./map-product.ts";

/** Far more currencies than there are balances in. */
const MAX_BALANCES = 200;

/**
 * A created order: its id is not known beforehand, and is kept for good. So one with a status or items
 * that can't be such has an id that can't be trusted either.
 */
export function readCreatedOrder(answer: Json, apiKey: string): Read<SupplierOrder> {
  const order = unwrapOne(answer, "order");
  const { status = null, items = null } = isObject(order) ? order : {};
  const isOrder =
    (status === null || typeof status === "string") && (items === null || Array.isArray(items));
  return isOrder ? readAnyOrder(answer, apiKey) : { ok: false, problem: "the answer is no order" };
}

function readAnyOrder(answer: Json, apiKey: string): Read<SupplierOrder> {
  const order = mapOrder(answer, apiKey);
  return order
    ? { ok: true, value: order }
    : { ok: false, problem: "the answer names no order id" };
}

/** The order `id`. An answer about another order is nobody's: its codes must not end up here. */
export function readOrder(answer: Json, id: string, apiKey: string): Read<SupplierOrder> {
  const read = readAnyOrder(answer, apiKey);
  if (!read.ok || sameId(read.value.supplierOrderId, id)) return read;
  return { ok: false, problem: "the answer is about another order" };
}

/**
 * What a payment answers is not documented: the order, a payment of its own, or nothing of use.
 * Only the order `id` with a status counts as the order; an error under a success status as none.
 */
export function readPayment(answer: Json, id: string, apiKey: string): Read<SupplierOrder | null> {
  const order = mapOrder(answer, apiKey);
  if (order && order.word !== "" && sameId(order.supplierOrderId, id))
    return { ok: true, value: order };
  if (!order && readErrorBody(answer, { codes: KNOWN_CODES, secrets: [apiKey] })) {
    return { ok: false, problem: "the answer is an error under a success status" };
  }
  return { ok: true, value: null };
}

export function readProduct(answer: Json, id: string, currency: string): Read<SupplierProduct> {
  const product = mapProduct(answer, currency);
  if (!product) return { ok: false, problem: "the answer holds no product with an id and a price" };
  if (!sameId(product.id, id)) return { ok: false, problem: "the answer is about another product" };
  return { ok: true, value: product };
}

/** Balances from a list, bare or wrapped; entries that are not understood are left out. */
export function readBalances(answer: Json): Read<SupplierBalance[]> {
  const rows = unwrapList(answer)?.rows.slice(0, MAX_BALANCES);
  if (!rows) return { ok: false, problem: "the answer holds no list" };
  const balances = rows.map(mapBalance).filter((balance) => balance !== null);
  if (rows.length > 0 && balances.length === 0) {
    return { ok: false, problem: "no balance in the answer is understood" };
  }
  return { ok: true, value: balances };
}

function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
