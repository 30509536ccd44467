import { liveRoute } from "#app/_server/live-route.ts";
import { listJobs } from "#lib/deliveries/read-jobs.ts";

export const GET = liveRoute((ctx, actor) => listJobs(ctx, actor));
