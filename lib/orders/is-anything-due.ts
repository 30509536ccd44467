import type { OrdersContext } from "./context.ts";

type DueContext = Pick<OrdersContext, "db" | "suppliers">;

/** Whether any order falls due before the given time that could be worked on: one nobody can look at is none. */
export async function isAnythingDue(ctx: DueContext, before: Date): Promise<boolean> {
  const [found] = await ctx.db.$queryRaw<{ due: boolean }[]>`
    select exists (
      select 1 from suppliers s, lateral (
        select 1 from orders o
        where o.supplier_id = s.id and o.status in ('submitting', 'awaiting_payment')
          and o.next_poll_at <= ${before} limit 1) send
    ) or exists (
      select 1 from unnest(${connected(ctx)}::uuid[]) s(id), lateral (
        select 1 from orders o
        where o.supplier_id = s.id and o.status not in ('submitting', 'awaiting_payment')
          and o.next_poll_at <= ${before} limit 1) look
    ) as due`;
  return found?.due ?? false;
}

/**
 * Milliseconds until the next order that nobody holds falls due, 0 or less when one is; null when there is
 * none. By the database's clock.
 */
export async function nextDueInMs(ctx: DueContext): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<{ ms: number | null }[]>`
    select (extract(epoch from least(
      (select min(send.at) from suppliers s, lateral (
        select o.next_poll_at as at from orders o
        where o.supplier_id = s.id and o.status in ('submitting', 'awaiting_payment')
          and o.next_poll_at is not null and o.lease_token is null
        order by o.next_poll_at limit 1) send),
      (select min(look.at) from unnest(${connected(ctx)}::uuid[]) s(id), lateral (
        select o.next_poll_at as at from orders o
        where o.supplier_id = s.id and o.status not in ('submitting', 'awaiting_payment')
          and o.next_poll_at is not null and o.lease_token is null
        order by o.next_poll_at limit 1) look)
    ) - now()) * 1000)::float8 as ms`;
  return next?.ms ?? null;
}

const connected = ({ suppliers }: DueContext): string[] => suppliers.all().map(({ id }) => id);
