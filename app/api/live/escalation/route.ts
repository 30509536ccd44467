import { liveRoute } from "#app/_server/live-route.ts";
import { readPolicies } from "#lib/alerts/policies/read-policies.ts";

export const GET = liveRoute((ctx, actor) => readPolicies(ctx, actor));
