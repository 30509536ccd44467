import { liveRoute } from "#app/_server/live-route.ts";
import { readOverview } from "#lib/orders/read-overview.ts";

export const GET = liveRoute((ctx, actor) => readOverview(ctx, actor));
