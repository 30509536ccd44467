import { liveRoute } from "#app/_server/live-route.ts";
import { readBalanceRoom } from "#lib/balance/read-room.ts";
import { readRoomFilter } from "#lib/balance/room-policy.ts";

export const GET = liveRoute((ctx, actor, { query }) =>
  readBalanceRoom(
    ctx,
    actor,
    readRoomFilter({ account: query.get("account"), hours: query.get("hours") }),
  ),
);
