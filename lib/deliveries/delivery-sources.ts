import { Prisma } from "#prisma/generated/client.ts";
import {
  conditionOf,
  type DeliveriesAsked,
  isGivenUp,
  isLateThere,
  isNextThere,
  lateBefore,
  type Sending,
  searchesOf,
} from "./delivery-condition.ts";
import { DELIVERY_STATES, type DeliveryState } from "./lifecycle.ts";

type Sql = Prisma.Sql;
const { sql, empty } = Prisma;

/** Of these there are few at any time, whatever else is asked. */
const RARE: readonly DeliveryState[] = ["pending", "failed"];

/**
 * The newest ids of what is asked for, as many selects as there are ways to it, each of which walks one index
 * backwards and stops at `limit`: a filter that few rows pass must not walk a million others.
 */
export function newestSources(
  asked: DeliveriesAsked,
  after: string | undefined,
  limit: number,
): Sql[] {
  const { filter, endpoints, search, sending, now } = asked;
  // What needs a look is asked of each source as it has it.
  const others = { ...asked, filter: { ...filter, attention: undefined } };
  const rest = sql`${conditionOf(others)} ${after ? sql`and d.id < ${after}::uuid` : empty}`;
  const newest = sql`order by d.id desc limit ${limit}`;
  const one = (where: Sql) =>
    sql`(select d.id from deliveries d where ${where} and ${rest} ${newest})`;
  const ofEndpoints = (
    wanted: string[],
    states: readonly DeliveryState[],
    where = sql`true`,
  ) => sql`(
    select d.id from unnest(${wanted}::uuid[]) wanted_endpoint
    cross join unnest(${[...states]}::delivery_state[]) wanted_state
    cross join lateral (
      select d.id from deliveries d
      where d.endpoint_id = wanted_endpoint and d.state = wanted_state and ${where} and ${rest} ${newest}) d)`;
  const { state = DELIVERY_STATES, type, order, reason, mock, attention } = filter;

  if (search) return searchesOf(search).map(one);
  if (order) return [one(sql`d.order_id = ${order}::uuid`)];
  if (attention && sending)
    return [one(isGivenUp(now)), ofEndpoints(sending.all, ["pending"], isLateThere(sending, now))];
  if (mock === "only") return [one(sql`d.is_mock`)];
  if (reason) return [one(sql`d.reason = ${reason}`)];
  if (endpoints) {
    return [ofEndpoints(endpoints, state)];
  }
  if (type && !state.every((one) => RARE.includes(one))) {
    return type.map((wanted) => one(sql`d.event_type = ${wanted}`));
  }
  if (filter.state) return state.map((wanted) => one(sql`d.state = ${wanted}::delivery_state`));
  return [one(sql`true`)];
}

/**
 * What a person should see, each once and in no order, up to `limit` of either kind. What is late is sought among
 * the first that an endpoint has waiting: by the time alone all that waits for paused ones would be gone through.
 */
export const attentionSource = (sending: Sending, now: Date, limit: number): Sql => sql`
  (select d.id from deliveries d where ${isGivenUp(now)} limit ${limit})
  union all
  (select d.id from unnest(${sending.all}::uuid[]) wanted_endpoint
   cross join lateral (
     select d.id, d.next_attempt_at from deliveries d
     where d.endpoint_id = wanted_endpoint and ${isNextThere(sending)}
     order by d.next_attempt_at, d.id limit ${limit}) d
   where d.next_attempt_at < ${lateBefore(now)}
   limit ${limit})`;
