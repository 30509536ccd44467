import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { listDeliveries } from "#lib/api/operations.ts";
import { readDeliveriesFor } from "#lib/api/read-deliveries-for.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(listDeliveries, async (ctx, { actor, query }) => ({
    status: 200,
    body: await readDeliveriesFor(ctx, actor, query),
  })),
});
