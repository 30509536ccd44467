import { liveRoute } from "#app/_server/live-route.ts";
import { readEndpoints } from "#lib/deliveries/read-endpoints.ts";

export const GET = liveRoute((ctx, actor) => readEndpoints(ctx, actor));
