import { liveRoute } from "#app/_server/live-route.ts";
import { findStockProducts } from "#lib/codes/find-stock-products.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  findStockProducts(ctx, actor, query.get("search") ?? ""),
);
