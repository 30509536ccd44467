import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { cancelOrder } from "#lib/api/operations.ts";
import { cancelOrder as cancel } from "#lib/orders/cancel-order.ts";
import { readPlaced } from "#lib/orders/read-placed.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  POST: apiRoute(cancelOrder, async (ctx, { actor, params, request }) => {
    const id = params.id ?? "";
    const result = await cancel(ctx, actor, id, request);
    if (result.kind === "too_late") {
      return { problem: { code: "not_cancellable", facts: { reason: result.why } } };
    }
    return { status: 200, body: await readPlaced(ctx, actor, id) };
  }),
});
