import { liveRoute } from "#app/_server/live-route.ts";
import { readAlert } from "#lib/alerts/read-alert.ts";
import { isUuid } from "#lib/platform/ids.ts";

export const GET = liveRoute(async (ctx, actor, { params }) => {
  const alert = isUuid(params.id) ? await readAlert(ctx, actor, params.id) : null;
  return alert && { ...alert, readAt: ctx.now().toISOString() };
});
