import { auditView } from "#app/_server/audit-view.ts";
import { liveRoute } from "#app/_server/live-route.ts";

export const GET = liveRoute((ctx, actor, { query }) => auditView(ctx, actor, query));
