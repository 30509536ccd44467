import { liveRoute } from "#app/_server/live-route.ts";
import { readEndpointHealth } from "#lib/deliveries/read-endpoint-health.ts";

export const GET = liveRoute((ctx, actor, { params, query }) =>
  readEndpointHealth(ctx, actor, params.id ?? "", query.get("range") === "7d" ? "7d" : "24h"),
);
