import { liveRoute } from "#app/_server/live-route.ts";
import { parseProductFilter } from "#lib/catalog/product-filter.ts";
import { searchProducts } from "#lib/catalog/read.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  searchProducts(ctx, actor, parseProductFilter(query)),
);
