import { z } from "zod";
import { pageSize, parseQuery } from "../http/parse.ts";
import { notFound } from "../http/refusals.ts";
import { ok, type Reply } from "../http/reply.ts";
import type { Call, Route } from "../http/router.ts";
import { orderTruth } from "../lifecycle.ts";
import { orderStatuses } from "../state.ts";
import type { World } from "../world.ts";
import { createOrder } from "./create-order.ts";
import { orderView } from "./order-view.ts";
import { payOrder } from "./pay-order.ts";

const listQuery = z.object({
  status: z.enum(orderStatuses).optional(),
  limit: pageSize,
  offset: z.coerce.number().int().min(0).default(0),
});

function listOrders(call: Call, world: World): Reply {
  const query = parseQuery(call.query, listQuery);
  if ("refusal" in query) return query.refusal;
  const { status, limit, offset } = query.value;
  const now = world.now();
  const all = world.orders
    .newestFirst()
    .filter((order) => status === undefined || orderTruth(order, now).status === status);
  const items = all.slice(offset, offset + limit).map((order) => orderView(order, world, now));
  return ok({ items, limit, offset, total: all.length });
}

function getOrder(call: Call, world: World): Reply {
  const order = world.orders.find(call.params.order ?? "");
  return order === undefined ? notFound("Order") : ok(orderView(order, world, world.now()));
}

export const orderRoutes: readonly Route[] = [
  { method: "POST", path: "/api/orders/", endpoint: "create", handle: createOrder },
  { method: "GET", path: "/api/orders/", endpoint: "list", handle: listOrders },
  { method: "GET", path: "/api/orders/{order}", endpoint: "get", handle: getOrder },
  { method: "POST", path: "/api/orders/{order}/pay", endpoint: "pay", handle: payOrder },
];
