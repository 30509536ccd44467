import { missingKeys, missingTriggers } from "./guards.ts";
import type { Check } from "./types.ts";

/** Clocks of processes differ from the database's. */
const MARGIN = "interval '1 minute'";
/** By then the sweep has ended what waited for an endpoint that is off. */
const SWEPT = "interval '15 minutes'";
/** As `lib/deliveries/delivery-schedule.ts` has it; a test holds the two together. */
export const MOST_TRIES = 7;

/** Deliveries begin with the time of their event: those of late, by the primary key. */
const OF_LATE = `
  d.id >= (select case when since = '-infinity' then '00000000-0000-0000-0000-000000000000'::uuid else
    (encode(substring(int8send((extract(epoch from since) * 1000)::bigint) from 3), 'hex') || repeat('0', 20))::uuid end from clock)`;

export const DELIVERY_CHECKS: readonly Check[] = [
  {
    id: "I9",
    title:
      "A delivery succeeds by an acknowledgement alone, and is tried seven times at the most, each try written down.",
    sql: `
      with tried as (
        select d.id, d.state, d.tries, count(a.id) as written, count(a.id) filter (where a.outcome = 'accepted') as accepted
        from deliveries d left join delivery_attempts a on a.delivery_id = d.id
        where ${OF_LATE} group by d.id)
      select id::text, 'is a success, and no try of it was accepted' from tried where state = 'success' and accepted = 0
      union all
      select id::text, 'was accepted, and is ' || state from tried where state <> 'success' and accepted > 0
      union all
      select id::text, 'was tried ' || tries || ' times, and ' || written || ' tries are written down' from tried
      where tries <> written
      union all
      select id::text, 'was tried ' || tries || ' times' from tried where tries > ${MOST_TRIES}
      union all
      select id::text, 'is failed, and was never tried' from tried where state = 'failed' and tries = 0
      union all ${missingKeys("deliveries_once", "delivery_attempts_delivery_id_number_key")}
      union all ${missingTriggers("deliveries_moves", "deliveries_kept", "events_kept")}`,
  },
  {
    id: "I11",
    title: "A paused, deleted or switched-off endpoint is left alone.",
    sql: `
      select e.id::text, 'is ' || off.how || ' since ' || off.since || ', and delivery ' || a.delivery_id || ' was tried at '
        || a.started_at
      from endpoints e
      cross join lateral (values ('paused', e.paused_at), ('switched off', e.disabled_at), ('deleted', e.deleted_at))
        as off (how, since)
      join delivery_attempts a on a.endpoint_id = e.id and a.started_at > off.since + ${MARGIN}
      where off.since is not null
      union all
      select e.id::text, 'is ' || case when e.deleted_at is null then 'switched off' else 'deleted' end
        || ', and deliveries wait for it all the same'
      from clock join endpoints e on least(e.deleted_at, e.disabled_at) < clock.now - ${SWEPT}
      where exists (
        select from deliveries d where d.endpoint_id = e.id and d.state = 'pending' and d.lease_token is null
          and d.created_at < clock.now - ${SWEPT})`,
  },
];
