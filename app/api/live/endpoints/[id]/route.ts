import { liveRoute } from "#app/_server/live-route.ts";
import { readEndpoint } from "#lib/deliveries/read-endpoint.ts";

export const GET = liveRoute((ctx, actor, { params }) => readEndpoint(ctx, actor, params.id ?? ""));
