import { liveRoute } from "#app/_server/live-route.ts";
import { readAssignees } from "#lib/alerts/read-assignees.ts";

export const GET = liveRoute(async (ctx, actor) => ({
  rows: await readAssignees(ctx, actor),
  readAt: ctx.now().toISOString(),
}));
