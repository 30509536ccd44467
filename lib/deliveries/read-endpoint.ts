import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { countEndpoints, NO_COUNTS } from "./count-endpoints.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { endpointRights, toEndpointRow } from "./endpoint-row.ts";
import type { ChannelConfig, ChannelSecrets } from "./endpoint-schema.ts";
import type { EndpointDetail, EndpointSettings } from "./endpoint-types.ts";
import { type EndpointRow, openEndpoint } from "./open-endpoint.ts";

type ReadContext = Pick<EndpointContext, "db" | "now" | "channels" | "sealer">;

/** One endpoint; how it is set only for who may change it. Null where there is none, or no more. */
export async function readEndpoint(
  ctx: ReadContext,
  actor: Actor,
  id: string,
): Promise<EndpointDetail | null> {
  requirePermission(actor, "deliveries.read");
  if (!isUuid(id)) return null;
  const [row, counts] = await Promise.all([
    ctx.db.endpoint.findUnique({ where: { id, deletedAt: null } }),
    countEndpoints(ctx.db, [id]),
  ]);
  if (!row) return null;
  const may = endpointRights(actor);
  const settings = may.manage ? await readSettings(ctx, row) : null;
  return {
    ...toEndpointRow(ctx.channels, row, counts.get(row.id) ?? NO_COUNTS),
    productIds: row.productIds,
    retryPlanMs: row.retryPlanMs.length > 0 ? row.retryPlanMs : null,
    isOrdered: row.isOrdered,
    sendsAtOnce: row.sendsAtOnce,
    ratePerMinute: row.ratePerMinute,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    updatedAt: row.updatedAt.toISOString(),
    version: row.updatedAt.toISOString(),
    settings,
    isLocked: may.manage && settings === null,
    may,
    readAt: ctx.now().toISOString(),
  };
}

async function readSettings(ctx: ReadContext, row: EndpointRow): Promise<EndpointSettings | null> {
  try {
    const { config, secrets } = await openEndpoint(ctx, row);
    if (row.channel !== "webhook") {
      return { config, headers: {}, kept: Object.keys(secrets), signing: [] };
    }
    const { headers } = config as ChannelConfig<"webhook">;
    const { signing, headers: values } = secrets as ChannelSecrets<"webhook">;
    const shown = headers.filter(({ isSecret }) => !isSecret).map(({ name }) => name);
    return {
      config,
      headers: Object.fromEntries(shown.map((name) => [name, values[name] ?? ""])),
      kept: Object.keys(values),
      signing: signing.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt })),
    };
  } catch (error) {
    // Not by their classes: the web server's build may have those twice, and the sealer the other ones.
    if (["SealError", "ZodError"].includes((error as Error).name)) return null;
    throw error;
  }
}
