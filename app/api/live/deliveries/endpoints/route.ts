import { liveRoute } from "#app/_server/live-route.ts";
import { readEndpointNames } from "#lib/deliveries/read-endpoint-names.ts";

export const GET = liveRoute((ctx, actor) => readEndpointNames(ctx, actor));
