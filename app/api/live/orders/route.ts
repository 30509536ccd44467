import { liveRoute } from "#app/_server/live-route.ts";
import { parseOrderFilter } from "#lib/orders/order-filter.ts";
import { listOrders } from "#lib/orders/read-orders.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  listOrders(ctx, actor, parseOrderFilter(query)),
);
