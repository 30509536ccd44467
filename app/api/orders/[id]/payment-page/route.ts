import { personRoute } from "#app/_server/person-route.ts";
import { openPaymentPage } from "#lib/orders/open-payment-page.ts";

/**
 * Sends whoever may place orders to the page at which this one is paid; back to the order where there is none any
 * more. So the address stands in no page of ours, and each look at it has left a trace.
 */
export const GET = personRoute(async (ctx, { actor, params: { id = "" }, from }) => {
  const url = await openPaymentPage(ctx, actor, id, from);
  const location = url ?? `/orders/${encodeURIComponent(id)}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
});
