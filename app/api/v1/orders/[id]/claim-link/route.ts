import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { makeClaimLink } from "#lib/api/operations.ts";
import { reasonWithoutLink } from "#lib/api/problem-of-link.ts";
import { linkForOrder } from "#lib/orders/link-for-order.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  POST: apiRoute(makeClaimLink, async (ctx, { actor, params, request }) => {
    const found = await linkForOrder(ctx, actor, params.id ?? "", request);
    if (found.kind === "none") return { problem: reasonWithoutLink(found.why) };
    const { url, expiresAt } = found;
    return { status: 200, body: { url, expiresAt } };
  }),
});
