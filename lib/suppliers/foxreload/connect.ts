import { limits as http } from "../http/limits.ts";
import { type ApiOptions, openApi } from "../http/open-api.ts";
import { unknownPlace, unsendable } from "../http/unsendable.ts";
import { notOffered } from "../not-offered.ts";
import type { Json, Outcome, Page, Supplier, SupplierTraits } from "../port.ts";
import { nextCategoryCursor, readCategoryCursor } from "./category-walk.ts";
import { KNOWN_CODES } from "./known-codes.ts";
import { limits } from "./limits.ts";
import { placeQuery, readCursor, readPage } from "./list-page.ts";
import { mapCategory } from "./map-category.ts";
import { mapProduct } from "./map-product.ts";
import { orderBody } from "./order-body.ts";
import { orderPlaceQuery, readOrderCursor, readOrderPage, startOf } from "./order-list-page.ts";
import {
  readBalances,
  readCreatedOrder,
  readOrder,
  readPayment,
  readProduct,
} from "./read-answers.ts";

export type FoxreloadAccount = {
  /** For example `https://public-api.foxreload.com`; a path prefix is kept. */
  baseUrl: string;
  apiKey: string;
  /** Currency that prices are asked for in, e.g. `USD`. */
  currency: string;
} & Pick<ApiOptions, "timeouts" | "now" | "open" | "connector">;

export const CURRENCY = /^[A-Za-z]{2,10}$/;

/** `/pay` is a step of its own; whether creating is free beside that, the probe finds out. */
const TRAITS: SupplierTraits = {
  payStep: "separate",
  duplicateGuard: "none",
  findsByReference: false,
  readsOrders: true,
  listsOrders: true,
  codes: "inline",
  partial: true,
  testMode: "flag",
  balance: "currencies",
  priceGuard: true,
  catalog: true,
  inputFields: true,
  cancels: false,
  push: "none",
  socket: false,
};

/**
 * A FoxReload account, ready to be called; opens no connection yet.
 * Throws an `Error` with a sentence when the address, key or currency cannot be used at all.
 */
export function connectFoxreload(account: FoxreloadAccount): Supplier {
  const { apiKey, currency, baseUrl, ...carried } = account;
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new Error("The supplier's API key must be printable ASCII without spaces.");
  }
  if (!CURRENCY.test(currency)) throw new Error("The supplier's currency must be a code like USD.");
  const { call, callById, close } = openApi({
    ...carried,
    baseUrl,
    codes: KNOWN_CODES,
    secrets: () => [apiKey],
    headers: () => ({
      "x-api-key": apiKey,
      "x-currency": currency.toLowerCase(),
      "x-language": "en",
    }),
  });

  async function list<T>(
    path: string,
    query: Record<string, string>,
    cursor: string | null,
    map: (row: Json) => T | null,
  ): Promise<Outcome<Page<T>>> {
    const at = readCursor(cursor);
    if (at === null) return unknownPlace();
    const search = new URLSearchParams({ ...query, ...placeQuery(at) });
    return call({ path: `${path}?${search}`, maxBytes: http.listBytes }, (json) =>
      readPage(json, at, map),
    );
  }

  // Collections keep their trailing slash: without it a redirect may drop the body of a POST.
  return {
    traits: TRAITS,
    createOrder: async (order, { notAfter }) => {
      if (!CURRENCY.test(order.currency)) return unsendable("the currency is not a code like USD");
      const body = orderBody(order);
      const headers = { "x-currency": order.currency.toLowerCase() };
      const to = { path: "/api/orders/", body, headers, notAfter };
      return call(to, (json) => readCreatedOrder(json, apiKey));
    },
    payOrder: (id, { notAfter }) =>
      callById(
        id,
        (segment) => ({ path: `/api/orders/${segment}/pay`, body: "{}", notAfter }),
        (json) => readPayment(json, id, apiKey),
      ),
    getOrder: (id) =>
      callById(
        id,
        (segment) => ({ path: `/api/orders/${segment}` }),
        (json) => readOrder(json, id, apiKey),
      ),
    findOrder: () => notOffered("search by our own reference"),
    listOrders: async (cursor, state) => {
      const at = cursor === null && state ? startOf(state) : readOrderCursor(cursor);
      if (at === null) return unknownPlace();
      const path = `/api/orders/?${new URLSearchParams(orderPlaceQuery(at))}`;
      return call({ path, maxBytes: limits.orderListBytes }, (json) =>
        readOrderPage(json, at, apiKey),
      );
    },
    getBalances: () => call({ path: "/api/access/me/balances/" }, readBalances),
    getProduct: (id) =>
      callById(
        id,
        (segment) => ({ path: `/api/products/${segment}` }),
        (json) => readProduct(json, id, currency.toUpperCase()),
      ),
    listCategories: async (cursor) => {
      const walk = readCategoryCursor(cursor);
      if (walk === null) return unknownPlace();
      const parent = walk.ids[walk.at];
      const query: Record<string, string> =
        parent === undefined ? {} : { parent_id_or_slug: parent };
      const page = await list("/api/categories/", query, walk.place, mapCategory);
      // A category that has vanished since it was listed has no children.
      const vanished = page.kind === "refused" && page.refusal.class === "not_found";
      if (page.kind !== "accepted" && !(vanished && parent !== undefined)) return page;
      const { items, next } = page.kind === "accepted" ? page.value : { items: [], next: null };
      return {
        kind: "accepted",
        value: { items, next: nextCategoryCursor(walk, { items, next }) },
        timing: page.timing,
      };
    },
    listProducts: (categoryId, cursor) =>
      list("/api/products/", { category_id_or_slug: categoryId }, cursor, (row) =>
        mapProduct(row, currency.toUpperCase()),
      ),
    close,
  };
}
