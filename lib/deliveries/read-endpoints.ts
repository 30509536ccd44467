import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { countEndpoints, NO_COUNTS } from "./count-endpoints.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { MOST_ENDPOINTS } from "./endpoint-limits.ts";
import { endpointRights, toEndpointRow } from "./endpoint-row.ts";
import type { EndpointsView } from "./endpoint-types.ts";

/** Every endpoint, by name, with how it stands and what its last day brought. */
export async function readEndpoints(
  ctx: Pick<EndpointContext, "db" | "now" | "channels">,
  actor: Actor,
): Promise<EndpointsView> {
  requirePermission(actor, "deliveries.read");
  const rows = await ctx.db.endpoint.findMany({
    where: { deletedAt: null },
    orderBy: { name: "asc" },
    take: MOST_ENDPOINTS,
  });
  const counts = await countEndpoints(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return {
    rows: rows.map((row) => toEndpointRow(ctx.channels, row, counts.get(row.id) ?? NO_COUNTS)),
    may: endpointRights(actor),
    readAt: ctx.now().toISOString(),
  };
}
