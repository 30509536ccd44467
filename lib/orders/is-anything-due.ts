import { paidAtCreate } from "./claims.ts";
import type { OrdersContext } from "./context.ts";

type DueContext = Pick<OrdersContext, "db" | "suppliers">;

/**
 * Whether any order falls due before the given time that could be worked on: one nobody can look at is
 * none, nor is one that a pause holds up until later.
 */
export async function isAnythingDue(ctx: DueContext, before: Date): Promise<boolean> {
  const [found] = await ctx.db.$queryRaw<{ due: boolean }[]>`
    select exists (
      select 1 from suppliers s, lateral (
        select 1 from orders o
        where o.supplier_id = s.id and o.status in ('submitting', 'awaiting_payment')
          and (o.status = 'submitting' or s.id <> all(${paidAtCreate(ctx)}::uuid[]))
          and o.next_poll_at <= ${before} limit 1) send
      where coalesce(s.ordering_paused_until, '-infinity') <= ${before}
    ) or exists (
      select 1 from suppliers s, lateral (
        select 1 from orders o
        where o.supplier_id = s.id and (o.status not in ('submitting', 'awaiting_payment')
            or (o.status = 'awaiting_payment' and s.id = any(${paidAtCreate(ctx)}::uuid[])))
          and o.next_poll_at <= ${before} limit 1) look
      where s.id = any(${connected(ctx)}::uuid[]) and coalesce(s.polling_paused_until, '-infinity') <= ${before}
    ) as due`;
  return found?.due ?? false;
}

/**
 * Milliseconds until the next order that nobody holds falls due, 0 or less when one is; null when there is
 * none. What a pause holds up is due when that ends. By the database's clock.
 */
export async function nextDueInMs(ctx: DueContext): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<{ ms: number | null }[]>`
    select (extract(epoch from least(
      (select min(greatest(send.at, s.ordering_paused_until)) from suppliers s, lateral (
        select o.next_poll_at as at from orders o
        where o.supplier_id = s.id and o.status in ('submitting', 'awaiting_payment')
          and (o.status = 'submitting' or s.id <> all(${paidAtCreate(ctx)}::uuid[]))
          and o.next_poll_at is not null and o.lease_token is null
        order by o.next_poll_at limit 1) send),
      (select min(greatest(look.at, s.polling_paused_until)) from suppliers s, lateral (
        select o.next_poll_at as at from orders o
        where o.supplier_id = s.id and (o.status not in ('submitting', 'awaiting_payment')
            or (o.status = 'awaiting_payment' and s.id = any(${paidAtCreate(ctx)}::uuid[])))
          and o.next_poll_at is not null and o.lease_token is null
        order by o.next_poll_at limit 1) look
        where s.id = any(${connected(ctx)}::uuid[]))
    ) - now()) * 1000)::float8 as ms`;
  return next?.ms ?? null;
}

const connected = ({ suppliers }: DueContext): string[] => suppliers.all().map(({ id }) => id);
