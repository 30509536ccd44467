import { notFound } from "../http/refusals.ts";
import { ok, type Reply } from "../http/reply.ts";
import type { Call, Route } from "../http/router.ts";
import type { World } from "../world.ts";
import { createOrder } from "./create-order.ts";
import { listOrders } from "./list-orders.ts";
import { tellOne } from "./order-telling.ts";
import { payOrder } from "./pay-order.ts";

function getOrder(call: Call, world: World): Reply {
  const order = world.orders.find(call.params.order ?? "");
  return order === undefined ? notFound("Order") : ok(tellOne(order, call, world));
}

export const orderRoutes: readonly Route[] = [
  { method: "POST", path: "/api/orders/", endpoint: "create", handle: createOrder },
  { method: "GET", path: "/api/orders/", endpoint: "list", handle: listOrders },
  { method: "GET", path: "/api/orders/{order}", endpoint: "get", handle: getOrder },
  { method: "POST", path: "/api/orders/{order}/pay", endpoint: "pay", handle: payOrder },
];
