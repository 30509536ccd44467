import { liveRoute } from "#app/_server/live-route.ts";
import { readCode } from "#lib/codes/read-code.ts";

/** One code but what it is. There is no way to have it opened by GET. */
export const GET = liveRoute((ctx, actor, { params }) => readCode(ctx, actor, params.id ?? ""));
