import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { FAILED_SHOWN_MS } from "./attention-policy.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { OVERDUE_AFTER_MS } from "./delivery-schedule.ts";

type Sql = Prisma.Sql;
const { sql, join } = Prisma;

/** A reference that more orders have finds the newest of them. */
const MOST_ORDERS = 100;

/** Which deliveries are asked for, once words are ids. */
export type DeliveriesAsked = {
  filter: Omit<DeliveryFilter, "after" | "channel" | "endpoint" | "search">;
  /** The endpoints that are meant by id or channel; null: any, and none. */
  endpoints: string[] | null;
  /** What a search may be the id of; null where nothing is searched. */
  search: { id: string | null; orders: string[] } | null;
  /** Where something may be late; null where nobody asks. */
  sending: Sending | null;
  now: Date;
};

/** Endpoints that are sent to, and as fast as it goes; and which of them get an order's events in their order. */
export type Sending = { all: string[]; ordered: string[] };

/** Resolves a filter's words. */
export async function deliveriesAsked(
  { db }: Pick<Core, "db">,
  { after: _, channel, endpoint, search, ...filter }: DeliveryFilter,
  now: Date,
): Promise<DeliveriesAsked> {
  const [endpoints, orders, sending] = await Promise.all([
    channel
      ? db.endpoint.findMany({
          where: { channel: { in: channel }, ...(endpoint ? { id: endpoint } : {}) },
          select: { id: true },
        })
      : endpoint && [{ id: endpoint }],
    search && ordersCalled(db, search),
    filter.attention ? readSending({ db }, now) : null,
  ]);
  return {
    filter,
    endpoints: endpoints ? endpoints.map(({ id }) => id) : null,
    search: orders ? { id: isUuid(search) ? search : null, orders } : null,
    sending,
    now,
  };
}

/** Those that neither a pause nor a rest keeps from being sent to. */
export async function readSending({ db }: Pick<Core, "db">, now: Date): Promise<Sending> {
  const rows = await db.endpoint.findMany({
    where: {
      deletedAt: null,
      disabledAt: null,
      pausedAt: null,
      trips: 0,
      OR: [{ openUntil: null }, { openUntil: { lt: now } }],
    },
    select: { id: true, isOrdered: true },
  });
  return {
    all: rows.map(({ id }) => id),
    ordered: rows.filter(({ isOrdered }) => isOrdered).map(({ id }) => id),
  };
}

/** By the supplier's id, our own reference or the customer's; each by its own index. */
async function ordersCalled(db: Core["db"], reference: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select o.id from suppliers s
      join orders o on o.supplier_id = s.id and lower(o.supplier_order_id) = lower(${reference})
    union select id from orders where client_ref = ${reference}
    union (select id from orders where customer_ref = ${reference} order by id desc limit ${MOST_ORDERS})
    order by id desc limit ${MOST_ORDERS}`;
  return rows.map(({ id }) => id);
}

/**
 * A filter as a condition on deliveries, which the statement calls `d`; where a page begins is left out.
 * @param now for what depends on it: of a job, when it was begun
 */
export async function deliveryCondition(
  core: Pick<Core, "db">,
  filter: DeliveryFilter,
  now: Date,
): Promise<Sql> {
  return conditionOf(await deliveriesAsked(core, filter, now));
}

/** The same of a resolved one. */
export function conditionOf({ filter, endpoints, search, sending, now }: DeliveriesAsked): Sql {
  const { state, type, order, alert, reason, since, until, mock, attention } = filter;
  const parts = [
    ...(state ? [sql`d.state = any(${state}::delivery_state[])`] : []),
    ...(endpoints ? [sql`d.endpoint_id = any(${endpoints}::uuid[])`] : []),
    ...(type ? [sql`d.event_type = any(${type}::text[])`] : []),
    ...(order ? [sql`d.order_id = ${order}::uuid`] : []),
    ...(alert
      ? [sql`d.order_id in (select order_id from order_signals where alert_id = ${alert}::uuid)`]
      : []),
    ...(reason ? [sql`d.reason = ${reason}`] : []),
    ...(since ? [sql`d.id >= ${firstIdAt(new Date(since))}::uuid`] : []),
    ...(until ? [sql`d.id < ${firstIdAt(new Date(until))}::uuid`] : []),
    ...(mock ? [mock === "only" ? sql`d.is_mock` : sql`not d.is_mock`] : []),
    ...(attention && sending ? [attentionOf(state, sending, now)] : []),
    ...(search ? [sql`(${join(searchesOf(search), " or ")})`] : []),
  ];
  return parts.length === 0 ? sql`true` : join(parts, " and ");
}

/** What a person should see, of the states that are asked for. */
function attentionOf(state: DeliveryFilter["state"], sending: Sending, now: Date): Sql {
  const kinds = [
    ...(!state || state.includes("failed") ? [isGivenUp(now)] : []),
    ...(!state || state.includes("pending") ? [isLate(sending, now)] : []),
  ];
  return kinds.length === 0 ? sql`false` : sql`(${join(kinds, " or ")})`;
}

export function searchesOf({ id, orders }: NonNullable<DeliveriesAsked["search"]>): Sql[] {
  return [
    ...(id
      ? [sql`d.id = ${id}::uuid`, sql`d.event_id = ${id}::uuid`, sql`d.order_id = ${id}::uuid`]
      : []),
    // Also where there is none, so that such a search finds nothing.
    sql`d.order_id = any(${orders}::uuid[])`,
  ];
}

/** Failed, not long ago, and nobody has sent it again. Mock orders wake nobody. */
export const isGivenUp = (now: Date): Sql => sql`(
  d.state = 'failed' and not d.is_mock
  and d.id >= ${firstIdAt(new Date(now.getTime() - FAILED_SHOWN_MS))}::uuid
  and exists (select from endpoints p where p.id = d.endpoint_id and p.deleted_at is null)
  and not exists (
    -- The offset keeps it from becoming a join with all deliveries there are.
    select from deliveries r where r.event_id = d.event_id and r.resend_of_id = d.id offset 0))`;

/** Its try is overdue, and neither its endpoint nor an earlier event of its order says why. */
const isLate = (sending: Sending, now: Date): Sql =>
  sql`(d.endpoint_id = any(${sending.all}::uuid[]) and ${isLateThere(sending, now)})`;

/** The same where its endpoint is known to be one that is sent to. */
export const isLateThere = (sending: Sending, now: Date): Sql =>
  sql`(${isNextThere(sending)} and d.next_attempt_at < ${lateBefore(now)})`;

/** It waits for nothing but its try. */
export const isNextThere = ({ ordered }: Sending): Sql => sql`(
  d.state = 'pending' and not d.is_mock
  and not (d.endpoint_id = any(${ordered}::uuid[]) and exists (
    select from deliveries b
    where b.state = 'pending' and b.endpoint_id = d.endpoint_id and b.order_id = d.order_id
      and b.sequence < d.sequence offset 0)))`;

export const lateBefore = (now: Date): Date => new Date(now.getTime() - OVERDUE_AFTER_MS);

/** The lowest id that could be made at an instant: ids are UUIDv7. */
export function firstIdAt(at: Date): string {
  const ms = Math.max(0, at.getTime()).toString(16).padStart(12, "0");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`;
}
