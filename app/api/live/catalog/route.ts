import { liveRoute } from "#app/_server/live-route.ts";
import { readCatalogStatus } from "#lib/catalog/read.ts";

export const GET = liveRoute(async (ctx, actor) => ({
  ...(await readCatalogStatus(ctx, actor)),
  readAt: ctx.now().toISOString(),
}));
