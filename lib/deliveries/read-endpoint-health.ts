import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { EndpointHealth, HealthBucket, HealthRange } from "./endpoint-types.ts";

const HOUR_MS = 3_600_000;
const RANGES: Record<HealthRange, { bucketMs: number; count: number }> = {
  "24h": { bucketMs: HOUR_MS, count: 24 },
  "7d": { bucketMs: 6 * HOUR_MS, count: 28 },
};
/** Of a part's tries, the newest: a busy endpoint's page costs no more than a quiet one's. */
const LOOKED_AT = 4_000;

type Row = Omit<HealthBucket, "at"> & { at: Date };

/**
 * How an endpoint's tries went, part by part of a day or a week, the last part being the present one. Null where
 * there is no such endpoint.
 */
export async function readEndpointHealth(
  core: Core,
  actor: Actor,
  id: string,
  range: HealthRange,
): Promise<EndpointHealth | null> {
  requirePermission(actor, "deliveries.read");
  if (!isUuid(id)) return null;
  const { bucketMs, count } = RANGES[range];
  const last = Math.floor(core.now().getTime() / bucketMs) * bucketMs;
  const from = new Date(last - (count - 1) * bucketMs);
  const [found, buckets, [total], errors] = await Promise.all([
    core.db.endpoint.count({ where: { id, deletedAt: null } }),
    readBuckets(core, id, { from, bucketMs, count }),
    readTotal(core, id, from),
    readErrors(core, id, from),
  ]);
  if (found === 0) return null;
  const tries = sum(buckets, ({ accepted, refused, failed }) => accepted + refused + failed);
  return {
    range,
    bucketMs,
    buckets: buckets.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
    tries,
    accepted: sum(buckets, ({ accepted }) => accepted),
    p50: total?.p50 ?? null,
    p95: total?.p95 ?? null,
    errors,
    isCapped: buckets.some((one) => one.accepted + one.refused + one.failed >= LOOKED_AT),
    readAt: core.now().toISOString(),
  };
}

const sum = (rows: Row[], of: (row: Row) => number): number =>
  rows.reduce((all, row) => all + of(row), 0);

function readBuckets(
  { db }: Core,
  id: string,
  { from, bucketMs, count }: { from: Date; bucketMs: number; count: number },
): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    select part.at, t.* from (
      select ${from}::timestamptz + make_interval(secs => ${bucketMs / 1000}::int * n) as at
      from generate_series(0, ${count}::int - 1) n) part
    cross join lateral (
      select (count(*) filter (where outcome = 'accepted'))::int as accepted,
        (count(*) filter (where outcome = 'refused'))::int as refused,
        (count(*) filter (where outcome in ('failed', 'interrupted')))::int as failed,
        (percentile_cont(0.5) within group (order by took_ms) filter (where outcome = 'accepted'))::float8 as p50,
        (percentile_cont(0.95) within group (order by took_ms) filter (where outcome = 'accepted'))::float8 as p95
      from (select outcome, took_ms from delivery_attempts
            where endpoint_id = ${id}::uuid and finished_at is not null
              and started_at >= part.at and started_at < part.at + make_interval(secs => ${bucketMs / 1000}::int)
            order by started_at desc limit ${LOOKED_AT}) newest) t
    order by part.at`;
}

function readTotal(
  { db }: Core,
  id: string,
  from: Date,
): Promise<{ p50: number | null; p95: number | null }[]> {
  return db.$queryRaw`
    select percentile_cont(0.5) within group (order by took_ms)::float8 as p50,
      percentile_cont(0.95) within group (order by took_ms)::float8 as p95
    from (select took_ms from delivery_attempts
          where endpoint_id = ${id}::uuid and started_at >= ${from} and outcome = 'accepted'
          order by started_at desc limit ${LOOKED_AT}) newest`;
}

function readErrors(
  { db }: Core,
  id: string,
  from: Date,
): Promise<{ kind: string; count: number }[]> {
  return db.$queryRaw`
    select coalesce(error_kind, outcome) as kind, count(*)::int as count
    from (select error_kind, outcome from delivery_attempts
          where endpoint_id = ${id}::uuid and started_at >= ${from} and outcome <> 'accepted'
          order by started_at desc limit ${LOOKED_AT}) newest
    group by 1 order by 2 desc, 1 limit 5`;
}
