import type { Json, Outcome, Page, SendLimits, Supplier } from "../port.ts";
import { pathSegment, splitAddress } from "./address.ts";
import { openCaller, type Timeouts } from "./call.ts";
import { nextCategoryCursor, readCategoryCursor } from "./category-walk.ts";
import { limits } from "./limits.ts";
import { placeQuery, readCursor, readPage } from "./list-page.ts";
import { mapCategory } from "./map-category.ts";
import { mapProduct } from "./map-product.ts";
import { orderBody } from "./order-body.ts";
import { orderPlaceQuery, readOrderCursor, readOrderPage, startOf } from "./order-list-page.ts";
import { judge, type Read } from "./outcome.ts";
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
  timeouts?: Partial<Timeouts>;
  /** The clock of first bytes and of `notAfter`, which a `Retry-After` date is measured against too. */
  now?: () => Date;
  /**
   * What carries the requests, in place of HTTP. For a simulation in one process and in virtual
   * time: it runs all of this adapter but the sockets.
   */
  open?: typeof openCaller;
};

type Call = {
  path: string;
  body?: string;
  currency?: string;
  maxBytes?: number;
} & Partial<SendLimits>;

const CURRENCY = /^[A-Za-z]{2,10}$/;

/**
 * A FoxReload account, ready to be called; opens no connection yet.
 * Throws an `Error` with a sentence when the address, key or currency cannot be used at all.
 */
export function connectFoxreload(account: FoxreloadAccount): Supplier {
  const { origin, prefix } = splitAddress(account.baseUrl);
  const { apiKey, currency, timeouts, now = () => new Date(), open = openCaller } = account;
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new Error("The supplier's API key must be printable ASCII without spaces.");
  }
  if (!CURRENCY.test(currency)) throw new Error("The supplier's currency must be a code like USD.");
  const deadlines = {
    connectMs: timeouts?.connectMs ?? limits.connectTimeoutMs,
    readMs: timeouts?.readMs ?? limits.readDeadlineMs,
    writeMs: timeouts?.writeMs ?? limits.writeDeadlineMs,
  };
  const caller = open(origin, deadlines, now);

  /** POST where there is a body, GET otherwise. */
  async function call<T>(to: Call, read: (json: Json) => Read<T>): Promise<Outcome<T>> {
    const exchange = await caller.call({
      path: prefix + to.path,
      body: to.body ?? null,
      maxBytes: to.maxBytes ?? limits.singleBytes,
      ...(to.notAfter && { notAfter: to.notAfter }),
      headers: {
        "x-api-key": apiKey,
        "x-currency": (to.currency ?? currency).toLowerCase(),
        "x-language": "en",
        accept: "application/json",
        // Whatever is compressed anyway is refused: decoders are what attackers aim at.
        "accept-encoding": "identity",
        "user-agent": "Keyhold",
      },
    });
    return judge(exchange, read, { apiKey, now: now(), isWrite: to.body !== undefined });
  }

  async function callById<T>(
    id: string,
    to: (segment: string) => Call,
    read: (json: Json) => Read<T>,
  ): Promise<Outcome<T>> {
    const segment = pathSegment(id);
    return segment === null ? unsendable("the id cannot stand in a path") : call(to(segment), read);
  }

  async function list<T>(
    path: string,
    query: Record<string, string>,
    cursor: string | null,
    map: (row: Json) => T | null,
  ): Promise<Outcome<Page<T>>> {
    const at = readCursor(cursor);
    if (at === null) return unknownPlace();
    const search = new URLSearchParams({ ...query, ...placeQuery(at) });
    return call({ path: `${path}?${search}`, maxBytes: limits.listBytes }, (json) =>
      readPage(json, at, map),
    );
  }

  // Collections keep their trailing slash: without it a redirect may drop the body of a POST.
  return {
    createOrder: async (order, { notAfter }) => {
      if (!CURRENCY.test(order.currency)) return unsendable("the currency is not a code like USD");
      const body = orderBody(order);
      const to = { path: "/api/orders/", body, currency: order.currency, notAfter };
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
    close: () => caller.close(),
  };
}

/** A call that was wrong before it was made: nothing was sent. */
function unsendable(detail: string): Outcome<never> {
  return {
    kind: "refused",
    refusal: { class: "validation", code: null, detail, httpStatus: null },
    timing: { firstByteAt: null, supplierClock: null },
  };
}

function unknownPlace(): Outcome<never> {
  return unsendable("the list position was not given out by Keyhold");
}
