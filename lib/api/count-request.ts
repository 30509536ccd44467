import type { Core } from "#lib/platform/core.ts";
import { inBatches } from "#lib/platform/in-batches.ts";
import { RATE_WINDOW_SECONDS } from "./key-policy.ts";

/** Where a limit stands after this request. */
export type Counted = { limit: number; remaining: number; resetSeconds: number; isOver: boolean };

type Bucket = { key: string; limit: number };

/**
 * Counts one request against a limit a minute, for all processes together: one statement counts up inside
 * the running window or begins another. Requests over the limit count too, but not beyond it, so that whoever
 * keeps knocking is let in when the window ends.
 */
export const countRequest = (core: Core, key: string, limit: number): Promise<Counted> =>
  count(core, { key, limit });

const count = inBatches(async (core: Core, requests: readonly Bucket[]) => {
  const now = core.now();
  const ended = new Date(now.getTime() - RATE_WINDOW_SECONDS * 1_000);
  const wanted = new Map<string, Bucket & { requests: number }>();
  for (const { key, limit } of requests) {
    wanted.set(key, { key, limit, requests: (wanted.get(key)?.requests ?? 0) + 1 });
  }
  // By their keys, so that no two processes wait for each other.
  const buckets = JSON.stringify([...wanted.values()]);
  const rows = await core.db.$queryRaw<{ key: string; count: number; startedAt: Date }[]>`
    with wanted as materialized (
      select * from jsonb_to_recordset(${buckets}::jsonb) as w(key text, "limit" int, requests int))
    insert into api_buckets as bucket (key, count, started_at)
    select key, requests, ${now} from wanted order by key
    on conflict (key) do update set
      count = excluded.count + case when bucket.started_at <= ${ended} then 0
        else least(bucket.count, (select w.limit from wanted w where w.key = bucket.key)) end,
      started_at = case when bucket.started_at <= ${ended} then ${now} else bucket.started_at end
    returning key, count, started_at as "startedAt"`;
  const counted = new Map(rows.map((row) => [row.key, row]));
  return requests.map(({ key, limit }): Counted => {
    const bucket = counted.get(key);
    const later = wanted.get(key);
    if (!bucket || !later) throw new Error(`${key} was not counted.`);
    // Of those that were counted together each has a number of its own.
    later.requests -= 1;
    const number = bucket.count - later.requests;
    const leftMs = bucket.startedAt.getTime() + RATE_WINDOW_SECONDS * 1_000 - now.getTime();
    return {
      limit,
      remaining: Math.max(0, limit - number),
      resetSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
      isOver: number > limit,
    };
  });
});

/** Windows that are long over, of addresses that won't come again. */
export async function forgetBuckets(core: Core): Promise<void> {
  const ended = new Date(core.now().getTime() - 10 * RATE_WINDOW_SECONDS * 1_000);
  // Whoever counts holds several at once: nothing here waits for any.
  await core.db.$executeRaw`
    delete from api_buckets where key in (
      select key from api_buckets where started_at < ${ended} for update skip locked)`;
}
