import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { conditionOf, deliveriesAsked } from "./delivery-condition.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { JOB_COUNTED_TO } from "./job-policy.ts";
import { DELIVERY_STATES, type DeliveryState } from "./lifecycle.ts";
import { type EndpointStanding, standingOf } from "./read-deliveries.ts";
import { readNow } from "./read-now.ts";
import type { ChannelKind } from "./types.ts";

const { sql, join } = Prisma;

/** How many deliveries a job would be about, by state; each up to `JOB_COUNTED_TO`. */
export type DeliveryCounts = {
  counts: Record<DeliveryState, number>;
  /** The endpoint that the filter names, if it names one. */
  endpoint: { id: string; name: string; channel: ChannelKind; standing: EndpointStanding } | null;
  readAt: string;
};

/** Asked before many deliveries are dealt with at once. */
export async function countDeliveries(
  core: Core,
  actor: Actor,
  filter: DeliveryFilter,
): Promise<DeliveryCounts> {
  requirePermission(actor, "deliveries.send");
  const now = await readNow(core);
  const asked = await deliveriesAsked(core, filter, now);
  // State by state: a plan for all at once would walk the whole table.
  const states = (filter.state ?? DELIVERY_STATES).map((state) => {
    const condition = conditionOf({ ...asked, filter: { ...asked.filter, state: [state] } });
    return sql`
      select ${state} as state, count(*)::int as count from (
        select from deliveries d where d.state = ${state}::delivery_state and ${condition}
        limit ${JOB_COUNTED_TO}) few`;
  });
  const [rows, endpoint] = await Promise.all([
    core.db.$queryRaw<{ state: DeliveryState; count: number }[]>`${join(states, " union all ")}`,
    filter.endpoint
      ? core.db.endpoint.findUnique({ where: { id: filter.endpoint }, omit: { secrets: true } })
      : null,
  ]);
  const countOf = (state: DeliveryState) => rows.find((row) => row.state === state)?.count ?? 0;
  return {
    counts: {
      pending: countOf("pending"),
      success: countOf("success"),
      failed: countOf("failed"),
      not_apply: countOf("not_apply"),
    },
    endpoint: endpoint && {
      id: endpoint.id,
      name: endpoint.name,
      channel: endpoint.channel as ChannelKind,
      standing: standingOf(endpoint, now),
    },
    readAt: now.toISOString(),
  };
}
