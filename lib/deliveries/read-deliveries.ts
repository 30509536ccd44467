import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { EventType } from "#lib/events/types.ts";
import type { Core } from "#lib/platform/core.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { ATTENTION_COUNTED_TO } from "./attention-policy.ts";
import { deliveriesAsked, readSending } from "./delivery-condition.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { attentionSource, newestSources } from "./delivery-sources.ts";
import type { DeliveryState } from "./lifecycle.ts";
import { readNow } from "./read-now.ts";
import type { ChannelKind } from "./types.ts";

const PAGE_SIZE = 50;

const { sql, join } = Prisma;

/** What an event is about, in a few words of its own. */
export type EventAbout = {
  /** The first item's product, and how many further items there are. */
  productName: string | null;
  moreItems: number;
  customerRef: string | null;
  /** An alert's kind. */
  key: string | null;
  /** Of an endpoint that was disabled. */
  name: string | null;
  /** Of a balance. */
  supplier: string | null;
  currency: string | null;
};

export type EndpointStanding = "sending" | "resting" | "paused" | "disabled" | "deleted";

export type DeliveryEndpoint = {
  id: string;
  name: string;
  channel: ChannelKind;
  /** Resting: after failures in a row it is tried now and then only. */
  standing: EndpointStanding;
};

/** One event on its way to one endpoint, as lists show it. Plain JSON. */
export type DeliveryRow = {
  id: string;
  eventId: string;
  eventType: EventType;
  orderId: string | null;
  sequence: number | null;
  isMock: boolean;
  about: EventAbout;
  state: DeliveryState;
  /** A kind of error where it failed; why where it doesn't apply. */
  reason: string | null;
  tries: number;
  /** A try is under way. */
  isTrying: boolean;
  nextAttemptAt: string | null;
  createdAt: string;
  finishedAt: string | null;
  isResend: boolean;
  /** Null while nobody asked for the event. */
  endpoint: DeliveryEndpoint | null;
  /** What the last try came to. */
  last: { errorKind: string | null; status: number | null } | null;
};

export type DeliveryPage = {
  rows: DeliveryRow[];
  /** Give it back as `after` for the rows that follow; null on the last page. */
  next: string | null;
  may: { send: boolean };
  readAt: string;
};

/** Newest first, by keyset: ids are UUIDv7. */
export async function listDeliveries(
  core: Core,
  actor: Actor,
  filter: DeliveryFilter,
): Promise<DeliveryPage> {
  requirePermission(actor, "deliveries.read");
  const now = await readNow(core);
  const asked = await deliveriesAsked(core, filter, now);
  const limit = PAGE_SIZE + 1;
  const sources = newestSources(asked, filter.after, limit);
  const found = await core.db.$queryRaw<Found[]>`
    with found as (
      select id from (${join(sources, " union ")}) any_way order by id desc limit ${limit})
    select ${COLUMNS} from found join deliveries d using (id) ${JOINS}
    order by d.id desc`;
  const rows = found.slice(0, PAGE_SIZE).map((row) => toRow(row, now));
  return {
    rows,
    next: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null,
    may: { send: can(actor, "deliveries.send") },
    readAt: now.toISOString(),
  };
}

/** Failed ones that nobody has sent again, and late ones; counted up to `ATTENTION_COUNTED_TO`. */
export async function countDeliveryAttention(core: Pick<Core, "db">): Promise<number> {
  const now = await readNow(core);
  const sending = await readSending(core, now);
  const [row] = await core.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (${attentionSource(sending, now, ATTENTION_COUNTED_TO)}) few`;
  return Math.min(row?.count ?? 0, ATTENTION_COUNTED_TO);
}

type Found = Omit<
  DeliveryRow,
  "about" | "nextAttemptAt" | "createdAt" | "finishedAt" | "endpoint" | "last"
> &
  EventAbout & {
    nextAttemptAt: Date | null;
    createdAt: Date;
    finishedAt: Date | null;
    endpointId: string | null;
    endpointName: string | null;
    channel: string | null;
    pausedAt: Date | null;
    disabledAt: Date | null;
    deletedAt: Date | null;
    openUntil: Date | null;
    trips: number | null;
    lastOutcome: string | null;
    lastErrorKind: string | null;
    lastStatus: number | null;
  };

const COLUMNS = sql`
  d.id, d.event_id as "eventId", d.event_type as "eventType", d.order_id as "orderId", d.sequence,
  d.is_mock as "isMock", d.state::text as state, d.reason, d.tries,
  d.lease_until is not null and d.lease_until > now() as "isTrying",
  d.next_attempt_at as "nextAttemptAt", d.created_at as "createdAt", d.finished_at as "finishedAt",
  d.resend_of_id is not null as "isResend",
  p.id as "endpointId", p.name as "endpointName", p.channel, p.paused_at as "pausedAt",
  p.disabled_at as "disabledAt", p.deleted_at as "deletedAt", p.open_until as "openUntil", p.trips,
  e.data #>> '{items,0,productName}' as "productName",
  greatest(case when jsonb_typeof(e.data->'items') = 'array' then jsonb_array_length(e.data->'items') else 0 end - 1, 0) as "moreItems",
  e.data->>'customerRef' as "customerRef", e.data->>'key' as key, e.data->>'name' as name,
  e.data->>'supplier' as supplier, e.data->>'currency' as currency,
  a.outcome as "lastOutcome", a.error_kind as "lastErrorKind", a.status as "lastStatus"`;

const JOINS = sql`
  join events e on e.id = d.event_id
  left join endpoints p on p.id = d.endpoint_id
  left join lateral (
    select a.outcome, a.error_kind, a.status from delivery_attempts a
    where a.delivery_id = d.id and a.finished_at is not null
    order by a.number desc limit 1) a on true`;

function toRow(found: Found, now: Date): DeliveryRow {
  const { productName, moreItems, customerRef, key, name, supplier, currency, ...row } = found;
  return {
    id: row.id,
    eventId: row.eventId,
    eventType: row.eventType,
    orderId: row.orderId,
    sequence: row.sequence,
    isMock: row.isMock,
    about: { productName, moreItems, customerRef, key, name, supplier, currency },
    state: row.state,
    reason: row.reason,
    tries: row.tries,
    isTrying: row.isTrying,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    isResend: row.isResend,
    endpoint: row.endpointId
      ? {
          id: row.endpointId,
          name: row.endpointName ?? "",
          channel: row.channel as ChannelKind,
          standing: standingOf(row, now),
        }
      : null,
    last: row.lastOutcome ? { errorKind: row.lastErrorKind, status: row.lastStatus } : null,
  };
}

/** What keeps an endpoint from being sent to, the weightiest first. */
export function standingOf(
  endpoint: Pick<Found, "pausedAt" | "disabledAt" | "deletedAt" | "openUntil" | "trips">,
  now: Date,
): EndpointStanding {
  if (endpoint.deletedAt) return "deleted";
  if (endpoint.disabledAt) return "disabled";
  if (endpoint.pausedAt) return "paused";
  const isResting = endpoint.trips || (endpoint.openUntil && endpoint.openUntil > now);
  return isResting ? "resting" : "sending";
}
