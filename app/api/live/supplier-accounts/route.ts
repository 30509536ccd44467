import { liveRoute } from "#app/_server/live-route.ts";
import { readSuppliersRoom } from "#lib/suppliers/read-suppliers-room.ts";

export const GET = liveRoute((ctx, actor) => readSuppliersRoom(ctx, actor));
