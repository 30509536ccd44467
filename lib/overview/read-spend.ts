import { paidSince } from "#lib/orders/find-since.ts";
import type { Core } from "#lib/platform/core.ts";
import { dayStarts } from "./days.ts";
import type { Spend, TodaysSpend } from "./types.ts";

/** What was paid for today and not given back, the day being the reader's. */
export async function readSpend({ db, now }: Core, timeZone: string): Promise<TodaysSpend> {
  const [since = now()] = dayStarts(now(), timeZone, 1);
  const of = await db.$queryRaw<Spend[]>`
    select currency, count(*)::int as orders,
      trim_scale(sum(coalesce(charged_total, agreed_total)))::text as amount,
      trim_scale(coalesce(sum(coalesce(charged_total, agreed_total))
        filter (where status in ('cancelled', 'failed')), 0))::text as lost
    from orders where ${paidSince(since)} and not is_mock
    group by currency order by count(*) desc, currency`;
  return { since: since.toISOString(), of };
}
