import { liveRoute } from "#app/_server/live-route.ts";
import { readOrder } from "#lib/orders/read-order.ts";
import { isUuid } from "#lib/platform/ids.ts";

export const GET = liveRoute(async (ctx, actor, { params }) =>
  isUuid(params.id) ? readOrder(ctx, actor, params.id) : null,
);
