import { liveRoute } from "#app/_server/live-route.ts";
import { readRevealsOf } from "#lib/codes/read-reveals-of.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** What the person named by `by` revealed and handed out lately. */
export const GET = liveRoute(async (ctx, actor, { query }) => {
  const by = query.get("by");
  return isUuid(by) ? readRevealsOf(ctx, actor, by) : null;
});
