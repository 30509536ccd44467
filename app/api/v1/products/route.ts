import { apiMethods } from "#app/_server/api-methods.ts";
import { apiRoute } from "#app/_server/api-route.ts";
import { listProducts } from "#lib/api/operations.ts";
import { pageProducts } from "#lib/catalog/page-products.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = apiMethods({
  GET: apiRoute(listProducts, async (ctx, { actor, query }) => {
    const { products, next } = await pageProducts(ctx, actor, query);
    return { status: 200, body: { data: products, next } };
  }),
});
