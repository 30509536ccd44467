import { catchUp, landLater } from "./catch-up.ts";
import { replyAfter, replyInstead } from "./http/faults.ts";
import { readJson } from "./http/parse.ts";
import { invalid, notFound, refusal, unauthorized } from "./http/refusals.ts";
import type { Reply } from "./http/reply.ts";
import { type Asked, findRoute, type Route } from "./http/router.ts";
import { type OrderCurrency, orderCurrencies } from "./money.ts";
import { accessRoutes } from "./routes/access.ts";
import { categoryRoutes } from "./routes/categories.ts";
import { orderRoutes } from "./routes/orders.ts";
import { productRoutes } from "./routes/products.ts";
import { type Picked, pickRules, type RequestFacts } from "./rules.ts";
import type { World } from "./world.ts";

const routes: readonly Route[] = [
  ...categoryRoutes,
  ...productRoutes,
  ...orderRoutes,
  ...accessRoutes,
];

/** One request, whichever way it came. */
export type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  /** Null when it was too long to be read. */
  body: string | null;
};

/** A request that is answered by its route, and what the rules do to it. */
export type Admitted = { route: Route; asked: Asked; picked: Picked };

/** Finds what is asked for and picks the rules; or the answer to somebody who may not ask it. */
export function admit(request: Request, world: World): Admitted | Reply {
  if (request.body === null) return refusal(413, "BODY_TOO_LARGE", "Request body too large");
  const found = findRoute(routes, request.method, request.path);
  switch (found.kind) {
    case "none":
      return notFound("Path");
    case "wrong-method":
      return refusal(405, "METHOD_NOT_ALLOWED", "Method not allowed");
    case "redirect": {
      const search = request.query.size > 0 ? `?${request.query}` : "";
      return { status: 307, headers: { location: found.path + search } };
    }
    case "route": {
      if (!world.takesKey(request.headers["x-api-key"])) return unauthorized;
      const currency = currencyOf(request);
      if (currency === null) return badCurrency;
      const { route, params } = found;
      const asked = { params, query: request.query, body: request.body, currency };
      catchUp(world);
      const picked = pickRules(
        world.store.state.rules,
        factsOf(route, asked, world),
        world.settings.seed,
      );
      if (picked.ruleIds.length > 0) world.store.touch();
      return { route, asked, picked };
    }
  }
}

/**
 * Does what is asked, unless a fault keeps it from having an effect, and gives the answer before it
 * is spoilt. Null means that nobody answers.
 */
export function act({ route, asked, picked }: Admitted, world: World): Reply | null {
  const { reply: fault, world: change } = picked;
  if (fault?.loseReply === "before") return null;
  const instead = replyInstead(fault, world.wallNow());
  if (instead !== null) return instead;
  if (change !== null) world.change(change.change, change.productIds);
  catchUp(world);
  const { fate, manner, lie } = picked;
  const call = { ...asked, fate, manner, lie, origin: "call" } as const;
  if (fault?.landLateMs !== undefined) {
    const { endpoint } = route;
    if (endpoint === "create" || endpoint === "pay") {
      landLater(endpoint, call, fault.landLateMs, world);
    }
    return null;
  }
  return replyAfter(route.handle(call, world), fault);
}

const badCurrency = invalid([
  { loc: ["header", "X-Currency"], msg: "Input should be 'usd' or 'rub'", type: "enum" },
]);

function currencyOf({ headers }: Request): OrderCurrency | null {
  const given = headers["x-currency"] ?? "usd";
  return orderCurrencies.find((currency) => currency === String(given).toLowerCase()) ?? null;
}

/** What the request names, read without judging it: a body that isn't an order names nothing. */
function factsOf({ endpoint }: Route, { params, body }: Asked, world: World): RequestFacts {
  const order = params.order === undefined ? undefined : world.orders.find(params.order);
  if (order !== undefined) {
    return { endpoint, orderId: order.id, productIds: order.items.map((item) => item.productId) };
  }
  const productIds = endpoint === "create" ? itemIds(readJson(body)) : [];
  if (params.product !== undefined) productIds.push(params.product);
  return { endpoint, orderId: null, productIds };
}

function itemIds(json: unknown): string[] {
  const items = (json as { items?: unknown } | null | undefined)?.items;
  if (!Array.isArray(items)) return [];
  return items.map((item) => item?.itemId).filter((id) => typeof id === "string");
}
