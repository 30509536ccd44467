import { liveRoute } from "#app/_server/live-route.ts";
import { countDeliveries } from "#lib/deliveries/count-deliveries.ts";
import { parseDeliveryFilter } from "#lib/deliveries/delivery-filter.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  countDeliveries(ctx, actor, parseDeliveryFilter(query)),
);
