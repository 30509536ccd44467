import { liveRoute } from "#app/_server/live-route.ts";
import { readBalancePage } from "#lib/balance/read.ts";

export const GET = liveRoute((ctx, actor) => readBalancePage(ctx, actor));
