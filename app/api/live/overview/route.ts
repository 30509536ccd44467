import { liveRoute } from "#app/_server/live-route.ts";
import { overview } from "#app/_server/overview.ts";

export const GET = liveRoute((ctx, actor) => overview(ctx, actor));
