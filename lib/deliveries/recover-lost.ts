import { LEASE_SECONDS, LOST_AT_ONCE } from "./delivery-schedule.ts";
import { type RecordContext, recordResults } from "./record-results.ts";
import type { Result } from "./results.ts";

/**
 * Finds tries whose process died or lost its database in the middle, and lets their deliveries go on by plan:
 * such a try counts, since nobody knows what came of it. Any number of processes may do so at once.
 * @returns `again` where more may be lost
 */
export async function recoverLost(ctx: RecordContext): Promise<"again" | "done"> {
  const lost = await ctx.db.$queryRaw<
    { deliveryId: string; leaseToken: string; number: number; endpointId: string; plan: number[] }[]
  >`
    select d.id::text as "deliveryId", d.lease_token::text as "leaseToken", d.tries as number,
      e.id::text as "endpointId", coalesce(e.retry_plan_ms, '{}') as plan
    from delivery_attempts a
    join deliveries d on d.id = a.delivery_id and d.tries = a.number
    join endpoints e on e.id = d.endpoint_id
    where a.finished_at is null and a.started_at < now() - make_interval(secs => ${LEASE_SECONDS}::int)
      and d.state = 'pending' and d.lease_until < now()
    order by a.started_at limit ${LOST_AT_ONCE}::int`;
  const results = lost.map(
    ({ deliveryId, leaseToken, number, endpointId, plan }): Result => ({
      tried: {
        deliveryId,
        leaseToken,
        number,
        isTrial: false,
        endpoint: { id: endpointId, retryPlanMs: plan, isInDoubt: false },
      },
      outcome: {
        kind: "interrupted",
        errorKind: "interrupted",
        status: null,
        answer: null,
        waitMs: null,
      },
      tookMs: null,
      request: null,
    }),
  );
  if (results.length > 0) {
    ctx.log.warn({ deliveries: results.length }, "tries were interrupted; they go on by plan");
    await recordResults(ctx, results);
  }
  return results.length < LOST_AT_ONCE ? "done" : "again";
}
