import { liveRoute } from "#app/_server/live-route.ts";
import { confirmProduct } from "#lib/catalog/confirm-product.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Asks the supplier for the current price and stock, since somebody is about to buy. */
export const GET = liveRoute(async (ctx, actor, { params }) =>
  isUuid(params.id) ? confirmProduct(ctx, actor, params.id) : null,
);
