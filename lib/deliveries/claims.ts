/** Who sends which delivery: leases, taken, kept and given back in one statement each. Private to this room. */
import type { StoredEvent } from "#lib/events/body-of.ts";
import type { Core } from "#lib/platform/core.ts";
import { planned } from "#lib/platform/planned.ts";
import {
  AT_ONCE_IN_DOUBT,
  LEASE_SECONDS,
  LEAST_SHARE,
  MOST_SHARE,
  MOST_TRIES,
  RATE_BURST_MS,
  TRIAL_MS,
} from "./delivery-schedule.ts";
import type { EndpointRow } from "./open-endpoint.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";

type Store = Pick<Core, "db">;

/** As it was when it was claimed. */
export type ClaimedEndpoint = EndpointRow & {
  channel: ChannelKind;
  payload: PayloadStyle;
  retryPlanMs: number[];
  /** Stock products that it asks for; none: all. */
  productIds: string[];
  /** Something is to be forgotten with its next success. */
  isInDoubt: boolean;
  /** In each process. */
  sendsAtOnce: number;
  /** It may be sent as fast as it answers. */
  isUnpaced: boolean;
};

/** One try of a delivery, counted and written down already; ours to make while the lease is renewed. */
export type DeliveryClaim = {
  deliveryId: string;
  leaseToken: string;
  /** Of the try, from 1. */
  number: number;
  orderId: string | null;
  subject: string;
  /** Somebody wishes that it is told once more. */
  isResend: boolean;
  event: StoredEvent;
  endpoint: ClaimedEndpoint;
  /** How far earlier tries got, as the channel noted it. */
  progress: string | null;
  /** The one try that a half open breaker lets through. */
  isTrial: boolean;
};

/** What this process has in hand of each endpoint, less what it may have claimed ahead. */
export type Busy = ReadonlyMap<string, number>;

type Told = {
  deliveries: (Omit<DeliveryClaim, "event" | "endpoint" | "isTrial"> & {
    endpointId: string;
    event: Omit<StoredEvent, "at"> & { at: number };
  })[];
  endpoints: (Omit<ClaimedEndpoint, "updatedAt"> & { updatedAt: string; isTrial: boolean })[];
};

/** An endpoint that is sent to: of `e`. */
const IS_ON = "e.deleted_at is null and e.disabled_at is null and e.paused_at is null";

/**
 * Claims due deliveries, of each endpoint what it has room for, longest due first, and writes down the try of
 * each. What is claimed counts as a try, whatever becomes of us; `giveBack` takes that back. An endpoint's row
 * is locked meanwhile: once a pause, deletion or disabling has committed, no claim commits any more. One that is
 * being written just then is passed over. The database's clock decides.
 * @param room for all endpoints together
 */
export async function claimDeliveries(
  { db }: Store,
  busy: Busy,
  room: number,
): Promise<DeliveryClaim[]> {
  const ids = [...busy.keys()];
  const counts = [...busy.values()];
  // One text for all: taking hundreds of values apart one by one costs more than reading them.
  const [found] = await planned(db).$queryRawUnsafe<{ claimed: string | null }[]>(
    CLAIM,
    ids,
    counts,
    room,
  );
  if (!found?.claimed) return [];
  const { deliveries, endpoints } = JSON.parse(found.claimed) as Told;
  const byId = new Map(
    endpoints.map(({ isTrial, ...endpoint }) => [
      endpoint.id,
      { isTrial, endpoint: { ...endpoint, updatedAt: new Date(endpoint.updatedAt) } },
    ]),
  );
  return deliveries.flatMap(({ endpointId, event, ...claim }) => {
    const known = byId.get(endpointId);
    return known ? [{ ...claim, ...known, event: { ...event, at: new Date(event.at) } }] : [];
  });
}

/**
 * Endpoints that nothing has to be counted for are shared by all who claim; those with a rate or a half open
 * breaker are one claim's at a time.
 */
const CLAIM = `
  with busy as materialized (select * from unnest($1::uuid[], $2::int[]) as b (id, sends)),
  waiting as materialized (
    select e.id, e.trips > 0 or e.rate_per_minute is not null as is_counted from endpoints e
    where ${IS_ON} and (e.open_until is null or e.open_until <= now())
      -- The first of an index: with "exists", the planner reads the table where it believes that most of it waits.
      and (select d.next_attempt_at from deliveries d
        where d.endpoint_id = e.id and d.state = 'pending' and d.lease_token is null
        order by d.next_attempt_at, d.id limit 1) <= now()),
  -- So that none can take all of what there is, however slow it is.
  fair as materialized (
    select greatest(${LEAST_SHARE}, least(${MOST_SHARE}, ($3::int + (select coalesce(sum(sends), 0) from busy))
      / greatest(1, (select count(*) from (select id from waiting union select id from busy) either)))) as share),
  shared as materialized (
    select e.* from endpoints e
    where e.id in (select id from waiting where not is_counted) and ${IS_ON}
      and e.trips = 0 and e.rate_per_minute is null and (e.open_until is null or e.open_until <= now())
      -- Those who share a row pass it on to each other without end: whoever wants to write it queues here instead.
      and pg_try_advisory_xact_lock_shared(hashtextextended(e.id::text, 7220006))
    order by e.id for share skip locked),
  counted as materialized (
    select e.* from endpoints e
    where e.id in (select id from waiting where is_counted) and ${IS_ON}
      and (e.open_until is null or e.open_until <= now())
    order by e.id for no key update skip locked),
  open as materialized (
    select e.*, b.sends, least(e.sends_at_once, fair.share, case
        when e.trips > 0 then 1 when e.failures > 0 then ${AT_ONCE_IN_DOUBT} else e.sends_at_once end)::int
      - coalesce(b.sends, 0) as free,
      case when e.rate_per_minute is null then $3::int else floor(extract(epoch from
        now() + make_interval(secs => greatest(${RATE_BURST_MS / 1_000}, 60.0 / e.rate_per_minute))
        - greatest(e.rate_used_until, now())) * e.rate_per_minute / 60.0 + 0.001)::int end as allowed
    from (select * from shared union all select * from counted) e
    cross join fair left join busy b on b.id = e.id),
  picked as materialized (
    select p.id, o.id as endpoint_id, p.next_attempt_at,
      row_number() over (partition by o.id order by p.next_attempt_at, p.id) as nth
    from open o cross join lateral (
      select d.id, d.next_attempt_at from deliveries d
      where d.endpoint_id = o.id and d.state = 'pending' and d.next_attempt_at <= now()
        and d.lease_token is null and d.tries < ${MOST_TRIES}
        and not (o.is_ordered and exists (
          select from deliveries p
          where p.endpoint_id = d.endpoint_id and p.order_id = d.order_id and p.state = 'pending'
            and (p.sequence, p.id) < (d.sequence, d.id)))
      order by d.next_attempt_at, d.id
      limit greatest(0, least(o.free, o.allowed))
      for no key update of d skip locked) p),
  chosen as materialized (select * from picked order by nth, next_attempt_at, id limit $3::int),
  claimed as (
    update deliveries d set tries = d.tries + 1,
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    -- As an array: of its size the planner has no wrong idea, and it looks each up by the key.
    where d.id = any(array(select id from chosen))
    returning d.id, d.event_id, d.endpoint_id, d.order_id, d.tries, d.lease_token, d.resend_of_id),
  begun as (
    insert into delivery_attempts (id, delivery_id, endpoint_id, number, started_at)
    select time_ordered_id(now()), id, endpoint_id, tries, now() from claimed),
  noted as (
    update endpoints e set
      open_until = case when e.trips > 0 then now() + make_interval(secs => ${TRIAL_MS / 1_000}) else e.open_until end,
      rate_used_until = case when e.rate_per_minute is null then e.rate_used_until
        else greatest(e.rate_used_until, now()) + make_interval(secs => 60.0 / e.rate_per_minute * taken.sends) end
    from (select endpoint_id, count(*)::int as sends from claimed group by endpoint_id) taken
    where e.id = taken.endpoint_id and e.id in (select id from counted))
  -- Put together by hand: json_build_object looks each value's type up anew, and takes twice as long.
  select case when exists (select from claimed) then concat('{"deliveries":[', (
      select string_agg(concat('{"deliveryId":"', c.id, '","leaseToken":"', c.lease_token, '","number":', c.tries,
        ',"isResend":', (c.resend_of_id is not null)::text, ',"orderId":', coalesce(to_json(c.order_id), 'null'), ',"subject":', to_json(v.subject), ',"endpointId":"', c.endpoint_id,
        '","progress":', coalesce(to_json(case when c.tries > 1 then (
          select a.progress from delivery_attempts a where a.delivery_id = c.id and a.progress is not null
          order by a.number desc limit 1) end), 'null'),
        ',"event":{"id":"', v.id, '","type":', to_json(v.type), ',"version":', v.version,
        ',"at":', (extract(epoch from v.at) * 1000)::bigint, ',"sequence":', coalesce(v.sequence::text, 'null'),
        ',"data":', v.data, '}}'), ',')
      -- As an array once more: what is claimed, the planner takes for many, and would read all events for it.
      from claimed c join events v on v.id = c.event_id and v.id = any(array(select event_id from claimed))),
    '],"endpoints":', (
      select json_agg(json_build_object('id', o.id, 'name', o.name, 'channel', o.channel, 'config', o.config,
        'secrets', o.secrets, 'updatedAt', o.updated_at, 'payload', o.payload, 'retryPlanMs', coalesce(o.retry_plan_ms, '{}'),
        'productIds', coalesce(o.product_ids, '{}'),
        'sendsAtOnce', o.sends_at_once, 'isUnpaced', o.rate_per_minute is null,
        'isTrial', o.trips > 0, 'isInDoubt', o.failures > 0 or o.trips > 0 or o.warned_at is not null))
      from open o where o.id in (select endpoint_id from claimed)), '}') end as claimed`;

const LOOKED_PAST = 500;

type Held = Pick<DeliveryClaim, "deliveryId" | "leaseToken">;
type Unsent = Held & { isTrial: boolean; endpoint: Pick<ClaimedEndpoint, "id"> };

/**
 * Holds on to the claims for another lease; one that somebody else took over stays lost. Those whose rows are
 * locked are about to be written, and left alone.
 * @returns the deliveries that are ours for longer now
 */
export async function renewDeliveries({ db }: Store, claims: readonly Held[]): Promise<string[]> {
  if (claims.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    with held as materialized (
      select d.id from deliveries d
      join unnest(${claims.map(({ deliveryId }) => deliveryId)}::uuid[], ${claims.map(({ leaseToken }) => leaseToken)}::uuid[])
        mine (id, token) on mine.id = d.id and mine.token = d.lease_token
      for no key update of d skip locked)
    update deliveries d set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    from held where d.id = held.id returning d.id::text`;
  return rows.map(({ id }) => id);
}

/** Gives back what was claimed and not sent, as though it had not been; it is as due as it was. */
export async function giveBack({ db }: Store, claims: readonly Unsent[]): Promise<void> {
  if (claims.length === 0) return;
  const trials = claims.flatMap(({ isTrial, endpoint }) => (isTrial ? [endpoint.id] : []));
  await db.$executeRaw`
    with mine as materialized (
      select * from unnest(${claims.map(({ deliveryId }) => deliveryId)}::uuid[], ${claims.map(({ leaseToken }) => leaseToken)}::uuid[])
        as m (id, token)),
    back as (
      update deliveries d set tries = d.tries - 1, lease_token = null, lease_until = null
      from mine where d.id = mine.id and d.lease_token = mine.token
      returning d.id, d.tries + 1 as number),
    half_open as (
      update endpoints e set open_until = now()
      where e.trips > 0 and e.id in (
        select p.id from endpoints p where p.id = any(${trials}::uuid[]) for no key update skip locked))
    delete from delivery_attempts a using back
    where a.delivery_id = back.id and a.number = back.number and a.finished_at is null`;
}

/**
 * Milliseconds until something can be claimed; 0 or less where it can be now, null where nothing waits. Of what
 * waits behind earlier events of its order, so many of an endpoint are looked past.
 */
export async function nextDeliveryInMs({ db }: Store): Promise<number | null> {
  const [row] = await db.$queryRawUnsafe<{ ms: number | null }[]>(`
    select (extract(epoch from min(greatest(first.at, e.open_until,
      e.rate_used_until - make_interval(secs => greatest(${RATE_BURST_MS / 1_000}, 60.0 / e.rate_per_minute)
        - 60.0 / e.rate_per_minute))) - now()) * 1000)::float8 as ms
    from endpoints e cross join lateral (
      select min(d.next_attempt_at) as at from (
        select id, order_id, sequence, next_attempt_at from deliveries
        where endpoint_id = e.id and state = 'pending' and lease_token is null
        order by next_attempt_at limit case when e.is_ordered then ${LOOKED_PAST} else 1 end) d
      where not (e.is_ordered and exists (
        select from deliveries p
        where p.endpoint_id = e.id and p.order_id = d.order_id and p.state = 'pending'
          and (p.sequence, p.id) < (d.sequence, d.id)))) first
    where ${IS_ON} and first.at is not null`);
  return row?.ms ?? null;
}
