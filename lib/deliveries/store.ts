/** What the engine writes of deliveries and endpoints. Private to this room. */
import type { Tx } from "#lib/platform/db.ts";
import type { Asking } from "#lib/platform/planned.ts";
import type { Health, Judged } from "./breaker-policy.ts";
import { ANSWER_KEPT, SUCCESS_NOTED_EVERY_MS } from "./delivery-schedule.ts";
import type { DeliveryState } from "./lifecycle.ts";
import type { Result } from "./results.ts";
import type { NotApplyReason } from "./types.ts";

type Writer = Pick<Tx, "$queryRaw" | "$executeRaw">;

/** Where a delivery goes with its result. */
export type Move = { result: Result } & (
  | { to: Extract<DeliveryState, "success"> }
  | { to: Extract<DeliveryState, "failed">; reason: string }
  | { to: Extract<DeliveryState, "pending">; inMs: number }
);

/**
 * Writes the results of many tries, each for whom its lease is still ours; what somebody else took over is
 * left to him. What would be tried again at an endpoint that was switched off or deleted meanwhile ends.
 * @returns the deliveries that were written
 */
export async function writeResults(asking: Asking, moves: readonly Move[]): Promise<string[]> {
  const told = JSON.stringify(moves.map(toRow));
  const rows = await asking.$queryRawUnsafe<{ id: string }[]>(WRITE, told);
  return rows.map(({ id }) => id);
}

const WRITE = `
  with told as materialized (
    select * from jsonb_to_recordset($1::jsonb) as r (
      "id" uuid, "token" uuid, "number" int, "to" text, "reason" text, "inMs" float8, "outcome" text, "errorKind" text,
      "status" int, "tookMs" int, "request" jsonb, "answer" text, "waitMs" int)),
  held as materialized (
    select d.id, d.endpoint_id from deliveries d join told t on t.id = d.id and t.token = d.lease_token
    where d.id = any(array(select id from told)) and d.state = 'pending' and (t.outcome <> 'interrupted' or d.lease_until < now())
    order by d.id for no key update of d),
  ending as (
    select t.id, t."to", t."reason", t."inMs", case
      when t."to" = 'pending' and e.deleted_at is not null then 'endpoint_deleted'
      when t."to" = 'pending' and e.disabled_at is not null then 'endpoint_disabled' end as off
    from told t join held h on h.id = t.id join endpoints e on e.id = h.endpoint_id),
  moved as (
    update deliveries d set
      state = (case when x.off is not null then 'not_apply' else x."to" end)::delivery_state,
      reason = coalesce(x.off, x."reason"),
      next_attempt_at = case when x."to" = 'pending' and x.off is null then now() + make_interval(secs => x."inMs" / 1000) end,
      finished_at = case when x."to" <> 'pending' or x.off is not null then now() end,
      lease_token = null, lease_until = null
    from ending x where d.id = x.id
    returning d.id, d.endpoint_id, d.state),
  ended as (
    update delivery_attempts a set finished_at = now(), outcome = t."outcome", error_kind = t."errorKind",
      status = t."status", took_ms = t."tookMs", request = t."request", answer = t."answer", wait_ms = t."waitMs"
    from told t join moved m on m.id = t.id
    -- Of what has not ended the outcome is null, too; asked for the time, the planner may read all that goes on.
    where a.delivery_id = t.id and a.number = t."number" and a.outcome is null),
  well as (
    -- Not waited for: whoever writes an endpoint just now may be waiting for one of these deliveries.
    select e.id from endpoints e
    where e.id in (select endpoint_id from moved where state = 'success') and e.warned_at is null
      and (e.failures > 0 or e.trips > 0 or e.last_success_at is null
        or e.last_success_at < now() - make_interval(secs => ${SUCCESS_NOTED_EVERY_MS / 1_000}))
    for no key update skip locked),
  noted as (
    update endpoints e set last_success_at = now(), failures = 0, trips = 0,
      open_until = case when e.trips = 0 then e.open_until end
    from well where e.id = well.id),
  told_of as (select pg_notify('keyhold', 'deliveries') where exists (select from moved))
  select m.id::text from moved m left join told_of on true`;

function toRow(move: Move) {
  const { tried, outcome, tookMs, request } = move.result;
  return {
    id: tried.deliveryId,
    token: tried.leaseToken,
    number: tried.number,
    to: move.to,
    reason: move.to === "failed" ? move.reason : null,
    inMs: move.to === "pending" ? move.inMs : null,
    outcome: outcome.kind,
    errorKind: outcome.errorKind,
    status: outcome.status,
    tookMs: tookMs === null ? null : Math.round(tookMs),
    request: request && {
      to: storable(request.to),
      headers: request.headers,
      body: storable(request.body),
    },
    answer: outcome.answer === null ? null : storable(outcome.answer).slice(0, ANSWER_KEPT),
    waitMs: outcome.waitMs === null ? null : Math.min(2 ** 31 - 1, Math.round(outcome.waitMs)),
  };
}

/** PostgreSQL takes neither NUL nor half a character. */
const storable = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, "\u{fffd}");

/** Whose lease is still the try's own; locked until the transaction ends. */
export async function lockOurs<R extends Result>(tx: Writer, results: readonly R[]): Promise<R[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select d.id::text from deliveries d
    join unnest(${results.map(({ tried }) => tried.deliveryId)}::uuid[], ${results.map(({ tried }) => tried.leaseToken)}::uuid[])
      mine (id, token) on mine.id = d.id and mine.token = d.lease_token
    where d.state = 'pending' order by d.id for no key update of d`;
  const ours = new Set(rows.map(({ id }) => id));
  return results.filter(({ tried }) => ours.has(tried.deliveryId));
}

export type LockedEndpoint = Health & {
  id: string;
  name: string;
  channel: string;
  isOff: boolean;
  /** When they were locked, by the database's clock, as due-ness is. */
  now: Date;
};

/** Locks endpoints whose health is to be judged, in one order for all who do. */
export async function lockEndpoints(tx: Writer, ids: readonly string[]): Promise<LockedEndpoint[]> {
  await tx.$executeRaw`
    select pg_advisory_xact_lock(hashtextextended(id, 7220006))
    from (select id from unnest(${[...ids]}::text[]) id order by id) sorted`;
  return tx.$queryRaw<LockedEndpoint[]>`
    select id::text, name, channel, failures, trips, open_until as "openUntil", warned_at is not null as "isWarned",
      disabled_at is not null or deleted_at is not null as "isOff",
      clock_timestamp() as "now"
    from endpoints where id = any(${[...ids]}::uuid[]) order by id for no key update`;
}

/** @param last what its tries ended with just now */
export async function writeHealth(
  tx: Writer,
  id: string,
  { failures, trips, openUntil, isWarned, disable }: Judged,
  last: { error: string | null; hasSucceeded: boolean; hasFailed: boolean },
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update endpoints set failures = ${failures}::int, trips = ${trips}::int, open_until = ${openUntil},
      warned_at = case when ${isWarned}::boolean then coalesce(warned_at, ${now}) end,
      last_success_at = case when ${last.hasSucceeded}::boolean then ${now} else last_success_at end,
      last_failure_at = case when ${last.hasFailed}::boolean then ${now} else last_failure_at end,
      last_error = coalesce(${last.error}::text, last_error),
      disabled_at = case when ${disable}::text is not null then ${now} else disabled_at end,
      disabled_why = coalesce(${disable}::text, disabled_why)
    where id = ${id}::uuid`;
}

/**
 * Ends what waits for an endpoint, save what is being sent just now, up to so many.
 * @returns how many
 */
export async function endWaiting(
  tx: Writer,
  endpointId: string,
  reason: NotApplyReason,
  limit: number,
): Promise<number> {
  return tx.$executeRaw`
    update deliveries d set state = 'not_apply', reason = ${reason}, next_attempt_at = null, finished_at = now()
    from (
      select id from deliveries
      where endpoint_id = ${endpointId}::uuid and state = 'pending' and lease_token is null
      limit ${limit}::int for no key update skip locked) waiting
    where d.id = waiting.id`;
}
