import { liveRoute } from "#app/_server/live-route.ts";
import { suppliersView } from "#app/_server/suppliers-view.ts";

export const GET = liveRoute((ctx, actor) => suppliersView(ctx, actor));
