import { messageView } from "#app/_server/inbox-view.ts";
import { liveRoute } from "#app/_server/live-route.ts";

export const GET = liveRoute((ctx, actor, { params }) => messageView(ctx, actor, params.id ?? ""));
