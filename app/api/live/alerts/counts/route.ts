import { liveRoute } from "#app/_server/live-route.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";

export const GET = liveRoute(async (ctx, actor) => ({
  ...(await countAlerts(ctx, actor)),
  readAt: ctx.now().toISOString(),
}));
