import type { Core } from "#lib/platform/core.ts";
import { RATE_WINDOW_SECONDS } from "./key-policy.ts";

/** Where a limit stands after this request. */
export type Counted = { limit: number; remaining: number; resetSeconds: number; isOver: boolean };

/**
 * Counts one request against a limit a minute, for all processes together: one statement counts up inside
 * the running window or begins another. Requests over the limit count too, but not beyond it, so that whoever
 * keeps knocking is let in when the window ends.
 */
export async function countRequest(core: Core, key: string, limit: number): Promise<Counted> {
  const now = core.now();
  const ended = new Date(now.getTime() - RATE_WINDOW_SECONDS * 1_000);
  const [row] = await core.db.$queryRaw<{ count: number; started_at: Date }[]>`
    insert into api_buckets as bucket (key, count, started_at) values (${key}, 1, ${now})
    on conflict (key) do update set
      count = case when bucket.started_at <= ${ended} then 1 else least(bucket.count, ${limit}::int) + 1 end,
      started_at = case when bucket.started_at <= ${ended} then ${now} else bucket.started_at end
    returning count, started_at`;
  const { count, started_at: startedAt } = row ?? { count: limit + 1, started_at: now };
  const leftMs = startedAt.getTime() + RATE_WINDOW_SECONDS * 1_000 - now.getTime();
  return {
    limit,
    remaining: Math.max(0, limit - count),
    resetSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
    isOver: count > limit,
  };
}

/** Windows that are long over, of addresses that won't come again. */
export async function forgetBuckets(core: Core): Promise<void> {
  const ended = new Date(core.now().getTime() - 10 * RATE_WINDOW_SECONDS * 1_000);
  await core.db.apiBucket.deleteMany({ where: { startedAt: { lt: ended } } });
}
