import { liveRoute } from "#app/_server/live-route.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { readOrderPage } from "#lib/reconcile/read-order-page.ts";

export const GET = liveRoute(async (ctx, actor, { params }) =>
  isUuid(params.id) ? readOrderPage(ctx, actor, params.id) : null,
);
