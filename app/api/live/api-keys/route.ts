import { liveRoute } from "#app/_server/live-route.ts";
import { readKeysRoom } from "#lib/api/read-keys.ts";

export const GET = liveRoute((ctx, actor) => readKeysRoom(ctx, actor));
