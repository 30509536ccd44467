/** What a person does with deliveries, by the row or by the hundred. Private to this room. */
import { ADDRESSED_EVENT_TYPES } from "#lib/events/types.ts";
import type { Tx } from "#lib/platform/db.ts";

type Writer = Pick<Tx, "$queryRaw" | "$executeRaw">;

/** What became of a set of deliveries; the rest of them was left as it was. */
export type Acted = { done: number; pending: string[] };

const toActed = (rows: { id: string; from: string }[]): Acted => ({
  done: new Set(rows.map(({ from }) => from)).size,
  pending: rows.map(({ id }) => id),
});

/**
 * Makes a new delivery of each that has ended at an endpoint: of the same event, so with the same message id,
 * and with tries of its own. Not where one of the same event is on its way there, or the endpoint is off.
 * @param newestOnly leaves alone what was sent again already, whatever came of that
 */
export async function resend(
  tx: Writer,
  ids: readonly string[],
  newestOnly = false,
): Promise<Acted> {
  const rows = await tx.$queryRaw<{ id: string; from: string }[]>`
    with ended as materialized (
      select distinct on (d.event_id, d.endpoint_id) d.* from deliveries d
      where d.id = any(${[...ids]}::uuid[]) and d.state in ('success', 'failed')
      order by d.event_id, d.endpoint_id, d.id desc)
    insert into deliveries (id, event_id, endpoint_id, event_type, order_id, sequence, is_mock, state,
      next_attempt_at, created_at, resend_of_id)
    select time_ordered_id(now()), d.event_id, d.endpoint_id, d.event_type, d.order_id, d.sequence, d.is_mock, 'pending',
      date_trunc('milliseconds', now()), now(), d.id
    from ended d join endpoints e on e.id = d.endpoint_id and e.deleted_at is null and e.disabled_at is null
    where not exists (
      select from deliveries p
      where p.event_id = d.event_id and p.endpoint_id = d.endpoint_id
        and (p.state = 'pending' or ${newestOnly}::boolean and p.id > d.id))
    returning id::text, resend_of_id::text as "from"`;
  return toActed(rows);
}

/**
 * Lets what applied to nobody go out after all: to the endpoint that it was for, or, where there was none or it
 * is deleted, to those that ask for such an event now and don't have it yet. What was for one endpoint alone goes
 * to no other.
 */
export async function revive(tx: Writer, ids: readonly string[]): Promise<Acted> {
  const rows = await tx.$queryRaw<{ id: string; from: string }[]>`
    with idle as materialized (
      select d.* from deliveries d where d.id = any(${[...ids]}::uuid[]) and d.state = 'not_apply'
      order by d.id for no key update of d),
    homeless as materialized (
      select d.* from idle d left join endpoints o on o.id = d.endpoint_id
      where o.id is null or o.deleted_at is not null),
    targets as materialized (
      select distinct on (h.event_id, e.id) h.id, h.event_id, e.id as endpoint_id, h.endpoint_id is null
        and e.id = first_value(e.id) over (partition by h.id order by e.created_at, e.id) as is_own
      from homeless h join events v on v.id = h.event_id
      join endpoints e on e.deleted_at is null and e.disabled_at is null and e.events && array[v.type, '*']
        and v.type <> all(${[...ADDRESSED_EVENT_TYPES]}::text[])
        and (coalesce(cardinality(e.product_ids), 0) = 0 or e.product_ids && v.product_ids) and (not v.is_mock or e.includes_mock)
      where not exists (
        select from deliveries x
        where x.event_id = h.event_id and x.endpoint_id = e.id and x.resend_of_id is null)
      order by h.event_id, e.id, h.endpoint_id nulls first, h.id),
    own as (
      update deliveries d set state = 'pending', reason = null, note = null, finished_at = null, next_attempt_at = date_trunc('milliseconds', now()),
        endpoint_id = t.endpoint_id
      from (
        select id, endpoint_id from targets where is_own
        union all
        select i.id, i.endpoint_id from idle i
        join endpoints e on e.id = i.endpoint_id and e.deleted_at is null and e.disabled_at is null) t
      where d.id = t.id
      returning d.id, d.id as "from"),
    others as (
      insert into deliveries (id, event_id, endpoint_id, event_type, order_id, sequence, is_mock, state,
        next_attempt_at, created_at)
      select time_ordered_id(now()), h.event_id, t.endpoint_id, h.event_type, h.order_id, h.sequence, h.is_mock,
        'pending', date_trunc('milliseconds', now()), now()
      from targets t join homeless h on h.id = t.id where not t.is_own
      on conflict (event_id, endpoint_id) where resend_of_id is null and endpoint_id is not null do nothing
      returning id, event_id)
    select id::text, "from"::text from own
    union all
    select o.id::text, h.id::text from others o
    join (select distinct on (event_id) event_id, id from homeless order by event_id, endpoint_id nulls first, id) h
      using (event_id)`;
  return toActed(rows);
}

/** Makes what waits due at once, whatever its plan says; not what is being sent. */
export async function hasten(tx: Writer, ids: readonly string[]): Promise<Acted> {
  const rows = await tx.$queryRaw<{ id: string; from: string }[]>`
    update deliveries set next_attempt_at = date_trunc('milliseconds', now())
    where id = any(${[...ids]}::uuid[]) and state = 'pending' and lease_token is null
    returning id::text, id::text as "from"`;
  return toActed(rows);
}

/** Ends what waits for a paused endpoint, with a person's words; not what is being sent. */
export async function drop(tx: Writer, ids: readonly string[], note: string): Promise<Acted> {
  const done = await tx.$executeRaw`
    update deliveries d set state = 'not_apply', reason = 'dropped', note = ${note}, next_attempt_at = null,
      finished_at = now()
    from endpoints e
    where d.id = any(${[...ids]}::uuid[]) and d.state = 'pending' and d.lease_token is null
      and e.id = d.endpoint_id and e.paused_at is not null`;
  return { done, pending: [] };
}
