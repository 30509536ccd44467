import { liveRoute } from "#app/_server/live-route.ts";
import { trends } from "#app/_server/overview.ts";

export const GET = liveRoute((ctx, actor) => trends(ctx, actor));
