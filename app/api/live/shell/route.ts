import { liveRoute } from "#app/_server/live-route.ts";
import { shellState } from "#app/_server/shell-state.ts";

export const GET = liveRoute((ctx, actor) => shellState(ctx, actor));
