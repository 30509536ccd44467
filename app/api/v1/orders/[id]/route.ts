import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { waitForOrder } from "#app/_server/wait-for-order.ts";
import { getOrder } from "#lib/api/operations.ts";
import { withPaymentPages } from "#lib/orders/open-payment-page.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(getOrder, async (ctx, { actor, params, query, signal }) => {
    const waited = await waitForOrder(ctx, actor, params.id ?? "", {
      seconds: query.wait,
      signal,
    });
    if (waited.kind === "too_many") {
      return { problem: { code: "too_many_waiting", retryAfterSeconds: 5 } };
    }
    if (!waited.order) return { problem: { code: "not_found" } };
    const [order = waited.order] = await withPaymentPages(ctx, actor, [waited.order]);
    return { status: 200, body: order };
  }),
});
