import { liveRoute } from "#app/_server/live-route.ts";
import { parseDeliveryFilter } from "#lib/deliveries/delivery-filter.ts";
import { listDeliveries } from "#lib/deliveries/read-deliveries.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  listDeliveries(ctx, actor, parseDeliveryFilter(query)),
);
