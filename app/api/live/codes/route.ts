import { liveRoute } from "#app/_server/live-route.ts";
import { parseCodeFilter } from "#lib/codes/code-filter.ts";
import { listCodes } from "#lib/codes/read-codes.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  listCodes(ctx, actor, parseCodeFilter(query)),
);
