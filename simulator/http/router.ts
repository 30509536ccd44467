import type { Lie, Manner } from "../behaviours.ts";
import type { OrderCurrency } from "../money.ts";
import type { GivenFate } from "../plan.ts";
import type { Endpoint, Order } from "../state.ts";
import type { World } from "../world.ts";
import type { Reply } from "./reply.ts";

/** A request once its route, key and currency are known. */
export type Call = {
  params: Record<string, string>;
  query: URLSearchParams;
  body: string;
  currency: OrderCurrency;
  /** The future that a rule gives to an order created by this call. */
  fate: GivenFate | null;
  /** What becomes of an order on its way into the answer. */
  manner: Manner | null;
  lie: Lie | null;
  /** Kept with an order created by this call. */
  origin: Order["origin"];
};

/** What the request itself says of a call. */
export type Asked = Pick<Call, "params" | "query" | "body" | "currency">;

export type Route = {
  method: "GET" | "POST";
  /** A path with `{name}` for what varies. The trailing slash counts. */
  path: string;
  endpoint: Endpoint;
  handle(call: Call, world: World): Reply;
};

export type Found =
  | { kind: "route"; route: Route; params: Record<string, string> }
  | { kind: "redirect"; path: string }
  | { kind: "wrong-method" }
  | { kind: "none" };

/** Finds the route of a path. One that differs only in its trailing slash is redirected to. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found {
  const here = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params === null ? [] : [{ route, params }];
  });
  // Earlier routes win, so `/products/search` stands before `/products/{id}`.
  const hit = here.find(({ route }) => route.method === method);
  if (hit !== undefined) return { kind: "route", ...hit };
  if (here.length > 0) return { kind: "wrong-method" };
  const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  return routes.some((route) => matchPath(route.path, other) !== null)
    ? { kind: "redirect", path: other }
    : { kind: "none" };
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (!part.startsWith("{")) {
      if (part !== value) return null;
      continue;
    }
    if (value === "") return null;
    params[part.slice(1, -1)] = decode(value);
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
