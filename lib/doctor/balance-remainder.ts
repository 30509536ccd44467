/**
 * I15. What left an account (available and reserved together) between any two samples has to be
 * explained by orders that were under way in that time. Increases are top-ups and refunds, and explain
 * nothing; a decrease that a top-up hides within one sampling goes unseen, but none is invented.
 *
 * With D(t) what had left by sample t, B(t) the cost of all orders begun by then and E(t) of those
 * ended, what left between samples a and b may be B(b) - E(a) at most. So D(b) - B(b) must not exceed
 * the least D(a) - E(a) before it: one pass over the events finds the worst of all windows.
 *
 * Only the last days are looked at: a remainder is alerted while somebody can still find out what it
 * was, and doesn't stand for ever. Orders that ended before count on both sides, so they are left out.
 */
const BEGINNING = "greatest(clock.since, clock.now - interval '7 days')";
/** Clocks that are off, and a balance that the supplier brings up to date late. */
const SLACK = "interval '15 minutes'";
/** Suppliers round a total to cents where unit prices have four decimals. */
const ROUNDING = "0.01";

export const BALANCE_REMAINDER = `
  with held as (
    select supplier_id, currency, sampled_at, available + reserved as total,
      lag(available + reserved) over (partition by supplier_id, currency order by sampled_at, id) as before
    from balance_samples, clock
    where sampled_at >= ${BEGINNING}),
  costs as (
    select o.supplier_id, o.currency, coalesce(o.charged_total, o.agreed_total) + ${ROUNDING} as cost,
      o.created_at as begun_at,
      case when o.finished_at is not null then o.status_changed_at end as ended_at
    from orders o join suppliers s on s.id = o.supplier_id, clock
    where not o.is_mock
      and (o.status_changed_at >= ${BEGINNING} - ${SLACK} * 2
        or o.status in ('submitting', 'unconfirmed', 'awaiting_payment', 'paid', 'processing'))
      and o.status <> 'rejected'
      and (o.status <> 'submitting' or exists (
        select 1 from order_attempts a
        where a.order_id = o.id and a.kind = 'create' and a.outcome is distinct from 'refused'))
    union all
    select s.supplier_id, coalesce(s.currency, c.currency), coalesce(s.total, 1e9) + ${ROUNDING},
      least(s.created_at, s.first_seen_at),
      case when s.state in ('completed', 'cancelled', 'failed', 'refunded') then s.last_seen_at end
    from supplier_orders s
    left join (select distinct supplier_id, currency from held) c on c.supplier_id = s.supplier_id and s.currency is null
    , clock
    where s.attribution is distinct from 'ours' and s.is_mock is not true and s.state <> 'awaiting_payment'
      and (s.state not in ('completed', 'cancelled', 'failed', 'refunded') or s.last_seen_at >= ${BEGINNING} - ${SLACK} * 2)),
  events as (
    select supplier_id, currency, begun_at - ${SLACK} as at, 0 as step, 0 as gone, cost as begun, 0 as ended from costs
    union all
    select supplier_id, currency, sampled_at, 1, greatest(before - total, 0), 0, 0 from held
    union all
    select supplier_id, currency, ended_at + ${SLACK}, 2, 0, 0, cost from costs where ended_at is not null),
  sums as (
    select supplier_id, currency, at, step,
      sum(coalesce(gone, 0)) over upto - sum(begun) over upto as gone_less_begun,
      sum(coalesce(gone, 0)) over upto - sum(ended) over upto as gone_less_ended
    from events
    window upto as (partition by supplier_id, currency order by at, step rows unbounded preceding)),
  windows as (
    select supplier_id, currency, at, gone_less_begun - min(gone_less_ended) over (
      partition by supplier_id, currency order by at rows between unbounded preceding and 1 preceding) as remainder
    from sums where step = 1)
  select s.slug || ' ' || w.currency as subject,
    trim_scale(max(w.remainder)) || ' ' || w.currency || ' left the account by ' || min(w.at) || ' that no order explains' as detail
  from windows w join suppliers s on s.id = w.supplier_id
  where w.remainder > 0 group by s.slug, w.currency`;
