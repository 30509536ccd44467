import { liveRoute } from "#app/_server/live-route.ts";
import { listImports } from "#lib/codes/read-imports.ts";

export const GET = liveRoute((ctx, actor) => listImports(ctx, actor));
