import { accountView } from "#app/_server/account-view.ts";
import { liveRoute } from "#app/_server/live-route.ts";

export const GET = liveRoute((ctx, actor, { params }) =>
  accountView(ctx, actor, params.slug ?? ""),
);
