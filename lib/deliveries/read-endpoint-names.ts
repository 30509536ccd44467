import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { ChannelKind } from "./types.ts";

export type EndpointNames = {
  rows: { id: string; name: string; channel: ChannelKind; isDeleted: boolean }[];
  readAt: string;
};

const MOST_LISTED = 500;

/** All endpoints by name, deleted ones last: what was told to them is still there to be found. */
export async function readEndpointNames(core: Core, actor: Actor): Promise<EndpointNames> {
  requirePermission(actor, "deliveries.read");
  const rows = await core.db.endpoint.findMany({
    orderBy: [{ deletedAt: { sort: "desc", nulls: "first" } }, { name: "asc" }],
    take: MOST_LISTED,
    select: { id: true, name: true, channel: true, deletedAt: true },
  });
  return {
    rows: rows.map(({ deletedAt, channel, ...row }) => ({
      ...row,
      channel: channel as ChannelKind,
      isDeleted: deletedAt !== null,
    })),
    readAt: core.now().toISOString(),
  };
}
