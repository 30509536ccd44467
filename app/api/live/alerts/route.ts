import { liveRoute } from "#app/_server/live-route.ts";
import { readQueue } from "#app/_server/read-queue.ts";

export const GET = liveRoute((ctx, actor, { query }) => readQueue(ctx, actor, query));
