import type { Db } from "#lib/platform/db.ts";
import type { EndpointCounts } from "./endpoint-row.ts";

/** More are told as "more than". */
export const COUNTED_UP_TO = 1_000;

/** What endpoints' last day brought and what waits for them; costs as much as there are endpoints. */
export async function countEndpoints(
  db: Pick<Db, "$queryRaw">,
  ids: readonly string[],
): Promise<Map<string, EndpointCounts>> {
  const rows = await db.$queryRaw<({ id: string } & EndpointCounts)[]>`
    select e.id::text, t.tries, t.accepted, p.pending, o.created_at as "oldestPendingAt"
    from unnest(${[...ids]}::uuid[]) as e(id)
    cross join lateral (
      select count(*)::int as tries, (count(*) filter (where outcome = 'accepted'))::int as accepted
      from (select outcome from delivery_attempts
            where endpoint_id = e.id and started_at > now() - interval '24 hours' and finished_at is not null
            order by started_at desc limit ${COUNTED_UP_TO}) newest) t
    cross join lateral (
      select count(*)::int as pending
      from (select 1 from deliveries where endpoint_id = e.id and state = 'pending' limit ${COUNTED_UP_TO + 1}) waiting) p
    left join lateral (
      select created_at from deliveries where endpoint_id = e.id and state = 'pending' order by id limit 1) o on true`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

export const NO_COUNTS: EndpointCounts = {
  tries: 0,
  accepted: 0,
  pending: 0,
  oldestPendingAt: null,
};
