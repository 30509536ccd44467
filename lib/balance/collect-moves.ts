import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { REFUND_SAID_WITHIN_MS, SKEW_MS } from "./explain-policy.ts";

/** `currency`: of supplier orders that don't say theirs; null leaves those out. */
export type ExplainedAccount = { id: string; currency: string | null };

/** When the first call left that may have moved money of the order `o`; null: none did. */
export const BEGUN_AT = Prisma.sql`
  (select min(coalesce(a.first_byte_at, a.started_at)) from order_attempts a
    where a.order_id = o.id and a.outcome is distinct from 'refused'
      and a.resolution is distinct from 'not_created'
      and (a.kind = 'pay' or not exists (
        select 1 from supplier_capabilities c
        where c.supplier_id = o.supplier_id and c.name = 'create_is_free' and c.value = 'true'::jsonb)))`;

/**
 * Writes down what may have moved money since the last known change of an account's balance: payments of
 * its orders, refunds of those that failed, were cancelled or given back, and supplier orders that aren't ours. A move
 * whose amount has become another, or that turned out to be none, leaves its step, which is judged anew;
 * unless somebody has accepted it. One that was begun anew after its step leaves it in any case: that money
 * is still to go. The caller holds the account's turn.
 */
export async function collectMoves(
  tx: Tx,
  core: Pick<Core, "now">,
  account: ExplainedAccount,
): Promise<void> {
  const since = await readSince(tx, account.id);
  if (!since) return;
  const wanted = wantedMoves(account, since);
  await tx.$executeRaw`
    with ${wanted},
    gone as (
      delete from balance_moves m
      where m.supplier_id = ${account.id}::uuid and m.order_id in (select id from changed)
        and (not exists (
            select 1 from wanted w where w.order_id = m.order_id and w.kind = m.kind and w.amount = m.amount)
          and not exists (select 1 from balance_steps p where p.sample_id = m.step_id and p.state = 'accepted')
          or exists (
            select 1 from wanted w join balance_steps p on p.sample_id = m.step_id
            where w.order_id = m.order_id and w.kind = m.kind
              and w.earliest_at > p.to_at + ${SKEW_MS / 1_000} * interval '1 second'))
      returning m.step_id, m.amount)
    ${backInSteps}`;
  await tx.$executeRaw`
    with gone as (
      delete from balance_moves m
      where m.supplier_id = ${account.id}::uuid and m.kind in ('foreign', 'foreign_refund')
        and not exists (select 1 from balance_steps p where p.sample_id = m.step_id and p.state = 'accepted')
        and exists (
          select 1 from supplier_orders s
          where s.supplier_id = m.supplier_id and s.supplier_order_id = m.supplier_order_id
            and s.attribution = 'ours')
      returning m.step_id, m.amount)
    ${backInSteps}`;
  await tx.$executeRaw`
    with ${wanted}
    insert into balance_moves (id, supplier_id, currency, kind, amount, order_id, supplier_order_id,
      earliest_at, latest_at, created_at)
    select time_ordered_id(${core.now()}), ${account.id}::uuid, currency, kind, amount, order_id,
      supplier_order_id, earliest_at, latest_at, ${core.now()}
    from wanted w
    where not exists (select 1 from balance_moves m where m.order_id = w.order_id and m.kind = w.kind
        and m.latest_at is not distinct from w.latest_at and m.earliest_at = w.earliest_at)
      and not exists (select 1 from balance_moves m
        where m.supplier_id = ${account.id}::uuid and m.supplier_order_id = w.supplier_order_id
          and m.kind = w.kind)
    on conflict (order_id, kind) where order_id is not null
    do update set earliest_at = excluded.earliest_at, latest_at = excluded.latest_at`;
}

/** What `gone` moves explained is left over again. Where somebody had accepted the rest, that stays to be read. */
export const backInSteps = Prisma.sql`
    update balance_steps p set state = 'open', remainder = p.remainder + g.amount
    from (select step_id, sum(amount) as amount from gone group by step_id) g
    where p.sample_id = g.step_id`;

/** Orders that changed shortly before the last step may have been written down after it. */
async function readSince(tx: Tx, supplierId: string): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ since: Date | null }[]>`
    select coalesce(
      (select max(to_at) from balance_steps where supplier_id = ${supplierId}::uuid),
      (select min(first_at) from balance_samples where supplier_id = ${supplierId}::uuid)
    ) - interval '10 minutes' as since`;
  return row?.since ?? null;
}

/**
 * What the orders say, as of now: `changed` and `wanted`. A create may cost money until it is known that
 * it doesn't; what was refused, or is known never to have come about, cost nothing.
 */
const wantedMoves = ({ id, currency }: ExplainedAccount, since: Date): Prisma.Sql => Prisma.sql`
  changed as materialized (
    select o.* from orders o
    where o.supplier_id = ${id}::uuid and not o.is_mock and o.status_changed_at >= ${since}
    union all
    select o.* from orders o
    where o.supplier_id = ${id}::uuid and not o.is_mock and o.status_changed_at < ${since}
      and o.status in ('submitting', 'unconfirmed', 'awaiting_payment')),
  facts as (
    select o.id, o.currency, coalesce(o.charged_total, o.agreed_total) as cost, o.status,
      o.paid_at is not null or o.status in ('paid', 'processing', 'partial', 'completed', 'failed', 'refunded') as is_paid,
      coalesce(o.paid_at, o.status_changed_at) as paid_by, case when o.status = 'refunded' then o.status_changed_at else coalesce(o.finished_at, o.status_changed_at) end as ended_by,
      o.created_at,
      ${BEGUN_AT} as begun_at
    from changed o where o.status <> 'rejected'),
  foreigners as (
    select s.supplier_order_id, coalesce(s.currency, ${currency}::text) as currency, s.total, s.state, s.last_seen_at,
      least(s.created_at, s.first_seen_at) - interval '10 minutes' as begun_at
    from supplier_orders s
    where s.supplier_id = ${id}::uuid and s.attribution in ('foreign', 'predates', 'orphan')
      and s.is_mock is not true and s.state <> 'awaiting_payment' and s.total is not null
      and coalesce(s.currency, ${currency}::text) is not null
      and (s.created_at >= ${since}::timestamptz - interval '30 days' or s.created_at is null)),
  wanted as (
    select id as order_id, null as supplier_order_id, 'order' as kind, currency, -cost as amount,
      coalesce(begun_at, created_at) as earliest_at,
      case when is_paid then paid_by when status = 'cancelled' then ended_by end as latest_at
    from facts where is_paid or begun_at is not null
    union all
    select id, null, 'refund', currency, cost, coalesce(begun_at, created_at), ended_by
    from facts where status in ('cancelled', 'failed') and (is_paid or begun_at is not null)
    union all
    -- However long ago it was bought: the money is back by now.
    select id, null, 'refund', currency, cost,
      greatest(coalesce(begun_at, created_at), ended_by - ${REFUND_SAID_WITHIN_MS / 1_000} * interval '1 second'), ended_by
    from facts where status = 'refunded'
    union all
    select null, supplier_order_id, 'foreign', currency, -total, begun_at, last_seen_at from foreigners
    union all
    select null, supplier_order_id, 'foreign_refund', currency, total, begun_at, last_seen_at
    from foreigners where state in ('cancelled', 'failed', 'refunded'))`;
