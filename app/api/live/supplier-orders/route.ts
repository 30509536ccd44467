import { liveRoute } from "#app/_server/live-route.ts";
import { readSupplierOrders } from "#lib/reconcile/read-supplier-orders.ts";
import { parseSupplierOrderFilter } from "#lib/reconcile/supplier-order-filter.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  readSupplierOrders(ctx, actor, parseSupplierOrderFilter(query)),
);
