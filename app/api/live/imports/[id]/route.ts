import { liveRoute } from "#app/_server/live-route.ts";
import { readImportProblems } from "#lib/codes/read-imports.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Which rows were refused, and why. */
export const GET = liveRoute(async (ctx, actor, { params }) =>
  params.id && isUuid(params.id) ? readImportProblems(ctx, actor, params.id) : null,
);
