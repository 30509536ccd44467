import { liveRoute } from "#app/_server/live-route.ts";
import { readDelivery } from "#lib/deliveries/read-delivery.ts";

export const GET = liveRoute((ctx, actor, { params }) => readDelivery(ctx, actor, params.id ?? ""));
