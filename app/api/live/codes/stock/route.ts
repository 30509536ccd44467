import { liveRoute } from "#app/_server/live-route.ts";
import { parseStockFilter, readStock } from "#lib/codes/read-stock.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  readStock(ctx, actor, parseStockFilter(query)),
);
