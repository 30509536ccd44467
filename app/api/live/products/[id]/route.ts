import { liveRoute } from "#app/_server/live-route.ts";
import { can } from "#lib/access/actor.ts";
import { confirmProduct } from "#lib/catalog/confirm-product.ts";
import { CONFIRM_AFTER_MS, CONFIRM_ANEW_AFTER_MS } from "#lib/catalog/sync-schedule.ts";
import { isUuid } from "#lib/platform/ids.ts";

/**
 * Asks the supplier for the current price and stock, since somebody is about to buy it. `anew=1`:
 * it has just contradicted what it said; only for who may order, as each such call costs a part of the
 * supplier's rate limit.
 */
export const GET = liveRoute(async (ctx, actor, { params, query }) => {
  const anew = query.get("anew") === "1" && can(actor, "orders.place");
  const olderThanMs = anew ? CONFIRM_ANEW_AFTER_MS : CONFIRM_AFTER_MS;
  return isUuid(params.id) ? confirmProduct(ctx, actor, params.id, olderThanMs) : null;
});
