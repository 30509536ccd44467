/** The adapter, as if the supplier worked in another way than FoxReload's. */
import { readCreatedOrder } from "#lib/suppliers/foxreload/read-answers.ts";
import type { Caller } from "#lib/suppliers/http/call.ts";
import { judge, type Read } from "#lib/suppliers/http/outcome.ts";
import { notOffered } from "#lib/suppliers/not-offered.ts";
import type { SearchPage, Supplier, SupplierTraits } from "#lib/suppliers/port.ts";
import { API_KEY } from "./shop.ts";
import { type TraitsName, traitsOf } from "./traits.ts";

/** Where an order is asked for by our reference; what isn't there is answered with `NOT_THERE`. */
export const FIND_PATH = "/api/find/";
export const NOT_THERE = '{"found":null}';
export const moreAfter = (page: number): string => JSON.stringify({ more: page + 1 });

/**
 * The adapter, as if the supplier worked in that way. What the traits rule out is never to be asked: that is
 * told to `onUnoffered`.
 */
export function overlay(
  supplier: Supplier,
  name: TraitsName,
  caller: Caller,
  now: () => Date,
  onUnoffered: (what: string) => void,
): Supplier {
  const traits: SupplierTraits = { ...supplier.traits, ...traitsOf(name) };
  const refuse = (what: string) => () => {
    onUnoffered(what);
    return notOffered(what);
  };
  return {
    ...supplier,
    traits,
    ...(traits.payStep === "none" && { payOrder: refuse("payment") }),
    ...(traits.readsOrders ? {} : { getOrder: refuse("order by id") }),
    ...(traits.listsOrders ? {} : { listOrders: refuse("list of orders") }),
    findOrder: traits.findsByReference
      ? async (reference, cursor) => {
          const exchange = await caller.call({
            path: `${FIND_PATH}${reference}${cursor === null ? "" : `?page=${cursor}`}`,
            body: null,
            maxBytes: 1_000_000,
            headers: { "x-api-key": API_KEY, "x-currency": "usd" },
          });
          const known = { readError: () => null, now: now(), isWrite: false };
          return judge(exchange, readFound, known);
        }
      : refuse("search by our own reference"),
  };
}

function readFound(json: Parameters<typeof readCreatedOrder>[0]): Read<SearchPage> {
  if (typeof json === "object" && json !== null) {
    if ("found" in json) return { ok: true, value: { kind: "none" } };
    if ("more" in json) return { ok: true, value: { kind: "more", next: String(json.more) } };
  }
  const read = readCreatedOrder(json, API_KEY);
  return read.ok ? { ok: true, value: { kind: "order", order: read.value } } : read;
}
