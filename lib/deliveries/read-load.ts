import type { Core } from "#lib/platform/core.ts";

/** How deliveries are, for `/api/metrics`. Durations in seconds. */
export type DeliveryLoad = {
  /** Of each channel. */
  channels: {
    channel: string;
    endpoints: number;
    /** Paused, switched off, or left alone by the breaker. */
    endpointsHeld: number;
    /** Of each endpoint up to 100,000, the longest due first. */
    pending: number;
    /** Pending, and could be sent now. */
    due: number;
    oldestDueSeconds: number;
  }[];
  /** Tries that ended within the last hour, by channel, outcome and kind of error. */
  tries: { channel: string; outcome: string; errorKind: string; count: number }[];
  /** Deliveries that ended within the last hour, by state. */
  ended: { state: string; count: number }[];
};

const MOST_COUNTED = 100_000;

/** Reads it in a few statements, each by an index. */
export async function readDeliveryLoad({ db }: Pick<Core, "db">): Promise<DeliveryLoad> {
  const [channels, tries, ended] = await Promise.all([
    db.$queryRaw<DeliveryLoad["channels"]>`
      select e.channel, count(*)::int as endpoints, (count(*) filter (where not e.is_on))::int as "endpointsHeld",
        coalesce(sum(w.pending), 0)::int as pending, coalesce(sum(w.due) filter (where e.is_on), 0)::int as due,
        coalesce(extract(epoch from now() - min(w.oldest) filter (where e.is_on)), 0)::float8 as "oldestDueSeconds"
      from (
        select id, channel, paused_at is null and disabled_at is null and (open_until is null or open_until <= now()) as is_on
        from endpoints where deleted_at is null) e
      cross join lateral (
        select count(*) as pending,
          count(*) filter (where d.next_attempt_at <= now() and d.lease_token is null) as due,
          min(d.next_attempt_at) filter (where d.next_attempt_at <= now() and d.lease_token is null) as oldest
        from (
          select next_attempt_at, lease_token from deliveries
          where endpoint_id = e.id and state = 'pending' order by next_attempt_at limit ${MOST_COUNTED}::int) d) w
      group by e.channel order by e.channel`,
    db.$queryRaw<DeliveryLoad["tries"]>`
      select e.channel, a.outcome, coalesce(a.error_kind, '') as "errorKind", count(*)::int as count
      from endpoints e
      join delivery_attempts a on a.endpoint_id = e.id and a.started_at > now() - interval '1 hour' and a.outcome is not null
      group by 1, 2, 3 order by 1, 2, 3`,
    db.$queryRaw<DeliveryLoad["ended"]>`
      select d.state::text, count(*)::int as count from deliveries d
      where d.id in (
        select a.delivery_id from endpoints e
        join delivery_attempts a on a.endpoint_id = e.id and a.started_at > now() - interval '1 hour')
        and d.finished_at > now() - interval '1 hour' and d.state <> 'pending'
      group by 1 order by 1`,
  ]);
  return { channels, tries, ended };
}
