/** What the demo's orders were told to whom, told by the verbs that people use; only the tries are made up. */
import type { Actor } from "#lib/access/actor.ts";
import { type AddedEndpoint, addEndpoint, type NewEndpoint } from "#lib/deliveries/add-endpoint.ts";
import { DEFAULT_RETRY_PLAN_MS, WARN_AFTER } from "#lib/deliveries/delivery-schedule.ts";
import { pauseEndpoint } from "#lib/deliveries/pause-endpoint.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { hoursAgo } from "./hours-ago.ts";
import { proved } from "./proved.ts";

const REQUEST = { address: null, correlationId: null };
/** Nobody listens there. */
const NOBODY = "http://127.0.0.1:9";
/** Endpoints came after the shop's first orders, which nobody was told of. */
export const ENDPOINTS_HOURS_AGO = 21;
const PAUSED_HOURS_AGO = 5;
/** The shop moved, and forgot to say so. */
const MOVED_HOURS_AGO = 10;

const ENDS = ["order.completed", "order.partial", "order.cancelled", "order.failed"] as const;

export type StoryEndpoints = { shop: string; partner: string; night: string };

/** Three endpoints: one that works, one that fails by now, one that will be paused. */
export async function openStoryEndpoints(then: Runtime, admin: Actor): Promise<StoryEndpoints> {
  const { RECEIVER_URL, RECEIVER_SECRET } = process.env;
  const usual = { productIds: [], retryPlanMs: null };
  // Untested, as most of them listen to nobody.
  const add = async (wish: NewEndpoint) =>
    idOf(
      await addEndpoint(lenient(then), proved(admin, then), { ...wish, untested: true }, REQUEST),
    );
  return {
    shop: await add({
      ...usual,
      channel: "webhook",
      name: "Shop backend",
      config: { url: RECEIVER_URL ?? `${NOBODY}/shop` },
      secrets: RECEIVER_SECRET ? { signing: RECEIVER_SECRET } : {},
      events: ["*"],
      isOrdered: true,
    }),
    partner: await add({
      ...usual,
      channel: "webhook",
      name: "Partner B2B Berlin",
      config: { url: `${NOBODY}/keyhold`, headers: [{ name: "x-tenant", isSecret: false }] },
      secrets: { headers: { "x-tenant": "keyhold-demo" } },
      events: [...ENDS],
    }),
    night: await add({
      ...usual,
      channel: "email",
      name: "Night shift mailbox",
      config: {
        host: "127.0.0.1",
        port: 2525,
        security: "none",
        from: "Keyhold <keyhold@keyhold.example>",
        to: ["night@keyhold.example"],
        language: "hi",
      },
      events: ["order.failed", "order.unconfirmed", "order.stalled", "alert.opened", "balance.low"],
    }),
  };
}

/** What became of what was announced since. */
export async function tellDeliveries(
  runtime: Runtime,
  operator: Actor,
  { shop, partner, night }: StoryEndpoints,
): Promise<void> {
  await foldBack(runtime);
  await deliver(runtime, shop, "infinity", 38, 190);
  await deliver(runtime, partner, hoursBack(MOVED_HOURS_AGO), 120, 900);
  await deliver(runtime, night, hoursBack(PAUSED_HOURS_AGO), 300, 700);
  await failSince(runtime, partner);
  const then = hoursAgo(runtime, PAUSED_HOURS_AGO);
  const reason = "The mail server is being moved";
  await pauseEndpoint(then, operator, { endpointId: night, reason }, REQUEST);
}

/** Deliveries go by the database's clock, and the story by its own: each is made to be as old as its event. */
async function foldBack({ db }: Runtime): Promise<void> {
  await db.$executeRaw`
    update deliveries d set id = time_ordered_id(e.at), created_at = e.at,
      finished_at = case when d.finished_at is not null then e.at end
    from events e where e.id = d.event_id and d.created_at > e.at + interval '1 minute' and d.tries = 0`;
}

/** What a try of the event `v` at the webhook `e` sent, as it is kept. */
const SENT =
  Prisma.raw(`case when e.channel = 'webhook' then jsonb_build_object('to', e.config ->> 'url',
  'headers', jsonb_build_object('content-type', 'application/json', 'user-agent', 'Keyhold-Webhooks/1.0',
    'webhook-id', v.id, 'webhook-signature', '[redacted]'),
  'body', json_build_object('id', v.id, 'type', v.type, 'version', v.version, 'timestamp', v.at, 'data', v.data)::text) end`);

const hoursBack = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** Everything up to then was accepted at the first try. */
async function deliver(
  { db }: Runtime,
  endpointId: string,
  until: string,
  fastestMs: number,
  slowestMs: number,
): Promise<void> {
  await db.$executeRaw`
    with told as (
      select id, event_id, created_at as at, ${fastestMs}::int + (random() * random() * ${slowestMs - fastestMs})::int as took_ms
      from deliveries where endpoint_id = ${endpointId}::uuid and state = 'pending' and created_at < ${until}::timestamptz),
    ended as (
      update deliveries d set state = 'success', tries = 1, next_attempt_at = null,
        finished_at = t.at + make_interval(secs => t.took_ms / 1000.0)
      from told t where d.id = t.id),
    tried as (
      insert into delivery_attempts (id, delivery_id, endpoint_id, number, started_at, finished_at, outcome, status, took_ms, request, answer)
      select time_ordered_id(t.at), t.id, ${endpointId}::uuid, 1, t.at, t.at + make_interval(secs => t.took_ms / 1000.0),
        'accepted', case when e.channel = 'webhook' then 200 end, t.took_ms, ${SENT}, case when e.channel = 'webhook' then 'ok' else '250 queued' end
      from told t join events v on v.id = t.event_id join endpoints e on e.id = ${endpointId}::uuid)
    update endpoints set last_success_at = (select max(at) from told) where id = ${endpointId}::uuid and exists (select from told)`;
}

/** Of the rest no try was accepted: by the usual plan, some have had their last and some wait for the next. */
async function failSince({ db, now, newId }: Runtime, endpointId: string): Promise<void> {
  const waits = [0, ...DEFAULT_RETRY_PLAN_MS];
  const offsets = waits.map((_, index) =>
    waits.slice(0, index + 1).reduce((sum, wait) => sum + wait, 0),
  );
  await db.$executeRaw`
    with planned as (
      select d.id, d.event_id, n.number, d.created_at + make_interval(secs => n.offset_ms / 1000.0) as at, 4 + (random() * 9)::int as took_ms
      from deliveries d cross join unnest(${offsets}::bigint[]) with ordinality as n(offset_ms, number)
      where d.endpoint_id = ${endpointId}::uuid and d.state = 'pending'),
    tried as (
      insert into delivery_attempts (id, delivery_id, endpoint_id, number, started_at, finished_at, outcome, error_kind, took_ms, request, answer)
      select time_ordered_id(p.at), p.id, e.id, p.number, p.at, p.at + make_interval(secs => p.took_ms / 1000.0), 'failed', 'connect',
        p.took_ms, ${SENT}, 'connect ECONNREFUSED'
      from planned p join events v on v.id = p.event_id join endpoints e on e.id = ${endpointId}::uuid
      where p.at < now() - interval '1 minute'
      returning delivery_id, number, finished_at),
    summed as (
      select delivery_id, max(number) as tries, max(finished_at) as last_at from tried group by 1),
    ended as (
      update deliveries d set tries = s.tries,
        state = (case when s.tries = ${waits.length} then 'failed' else 'pending' end)::delivery_state,
        reason = case when s.tries = ${waits.length} then 'connect' end,
        finished_at = case when s.tries = ${waits.length} then s.last_at end,
        next_attempt_at = case when s.tries < ${waits.length} then
          (select min(p.at) from planned p where p.id = d.id and p.number > s.tries) end
      from summed s where d.id = s.delivery_id
      returning d.id)
    update endpoints set last_failure_at = (select max(last_at) from summed), last_error = 'connect',
      failures = ${WARN_AFTER + 7}, trips = 1, warned_at = now() - interval '40 minutes',
      open_until = now() + interval '4 minutes'
    where id = ${endpointId}::uuid and exists (select from ended)`;
  await db.$transaction((tx) =>
    openSystemSignal(tx, { now, newId }, "endpoint_failing", endpointId, {
      name: "Partner B2B Berlin",
      channel: "webhook",
      failures: WARN_AFTER + 7,
    }),
  );
}

/** The demo's endpoints are on this machine, whatever it lets people set up. */
const lenient = (then: Runtime): Runtime => ({
  ...then,
  guard: createOutboundGuard({ allowPrivate: true, privateHosts: [] }),
});

function idOf(added: AddedEndpoint): string {
  if (added.kind === "added") return added.id;
  throw new Error(`No endpoint: ${JSON.stringify(added)}`);
}
