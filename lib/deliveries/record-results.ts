import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { announce, type NewEvent } from "#lib/events/announce.ts";
import { EVENT_VERSION } from "#lib/events/schemas.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { planned } from "#lib/platform/planned.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import { type Judged, judge, verdictOf } from "./breaker-policy.ts";
import type { DeliveriesContext } from "./context.ts";
import { SWEPT_AT_ONCE } from "./delivery-schedule.ts";
import type { Result } from "./results.ts";
import { nextTryInMs, planOf } from "./retry-plan.ts";
import {
  endWaiting,
  type LockedEndpoint,
  lockEndpoints,
  lockOurs,
  type Move,
  writeHealth,
  writeResults,
} from "./store.ts";

const JOB: Actor = { kind: "job", name: "deliveries" };

export type RecordContext = Pick<
  DeliveriesContext,
  "db" | "log" | "now" | "newId" | "random" | "reach" | "sleep"
>;

/**
 * Records results together, each unless its lease is somebody else's by now: where the deliveries go, how
 * their endpoints are, and who has to be told of that. One transaction.
 */
export async function recordResults(ctx: RecordContext, results: readonly Result[]): Promise<void> {
  if (results.length === 0) return;
  await ctx.reach?.("delivery_result_had");
  const moves = results.map((result) => moveOf(ctx, result));
  const judged = toBeJudged(results);
  if (judged.size === 0) await writeResults(planned(ctx.db), moves);
  else {
    await ctx.db.$transaction(async (tx) => {
      const endpoints = await lockEndpoints(tx, [...judged.keys()]);
      // What somebody else took over, or was written by a commit whose answer was lost, has been judged there.
      const ours = byEndpoint(await lockOurs(tx, [...judged.values()].flat()));
      for (const endpoint of endpoints) {
        const some = ours.get(endpoint.id);
        if (some) await judgeEndpoint(ctx, tx, endpoint, some);
      }
      await ctx.reach?.("delivery_result_judged");
      await writeResults(tx, moves);
      await ctx.reach?.("delivery_result_written");
    }, PATIENT);
  }
  await ctx.reach?.("delivery_result_committed");
}

function moveOf({ random }: RecordContext, result: Result): Move {
  const { tried, outcome } = result;
  if (outcome.kind === "accepted") return { result, to: "success" };
  const plan = planOf(tried.endpoint.retryPlanMs);
  const inMs = nextTryInMs(plan, tried.number, outcome.waitMs, random());
  return inMs === null
    ? { result, to: "failed", reason: outcome.errorKind ?? "interrupted" }
    : { result, to: "pending", inMs };
}

/** By endpoint; those of whom nothing is to be learnt are left out. */
function toBeJudged(results: readonly Result[]): Map<string, Result[]> {
  const all = byEndpoint(results);
  for (const [id, some] of all) if (some.every(isNothingNew)) all.delete(id);
  return all;
}

function byEndpoint(results: readonly Result[]): Map<string, Result[]> {
  const all = new Map<string, Result[]>();
  for (const result of results) {
    const { id } = result.tried.endpoint;
    all.set(id, [...(all.get(id) ?? []), result]);
  }
  return all;
}

const isNothingNew = ({ tried, outcome: { kind } }: Result): boolean =>
  kind === "interrupted" || (kind === "accepted" && !tried.endpoint.isInDoubt);

async function judgeEndpoint(
  ctx: RecordContext,
  tx: Tx,
  endpoint: LockedEndpoint,
  results: readonly Result[],
): Promise<void> {
  const { now } = endpoint;
  const verdicts = results.map(({ tried, outcome }) =>
    verdictOf(outcome.errorKind, outcome.waitMs, tried.isTrial),
  );
  const health = judge(endpoint, verdicts, now);
  const judged = endpoint.isOff ? { ...health, disable: null, isToWarn: false } : health;
  const failed = results.filter((_, index) => verdicts[index]?.kind === "failure");
  const error = failed.at(-1)?.outcome.errorKind ?? null;
  await writeHealth(
    tx,
    endpoint.id,
    judged,
    {
      error,
      hasFailed: failed.length > 0,
      hasSucceeded: verdicts.some(({ kind }) => kind === "success"),
    },
    now,
  );
  await tell(ctx, tx, endpoint, judged, error);
  if (isNews(endpoint, judged)) await notify(tx, ["endpoints"]);
}

const isNews = (before: LockedEndpoint, { failures, trips, disable }: Judged): boolean =>
  disable !== null || trips !== before.trips || (failures === 0) !== (before.failures === 0);

async function tell(
  ctx: RecordContext,
  tx: Tx,
  { id, name, channel }: LockedEndpoint,
  { failures, disable, isToWarn, hasRecovered }: Judged,
  error: string | null,
): Promise<void> {
  if (hasRecovered || disable) await clearSystemSignal(tx, ctx, "endpoint_failing", id);
  if (disable === null) {
    const data = { name, channel, failures, error };
    if (isToWarn) await openSystemSignal(tx, ctx, "endpoint_failing", id, data);
    return;
  }
  ctx.log.warn({ endpoint: id, why: disable }, "an endpoint was switched off");
  const dropped = await endWaiting(tx, id, "endpoint_disabled", SWEPT_AT_ONCE);
  const data = { endpointId: id, name, channel, why: disable, dropped };
  await openSystemSignal(tx, ctx, "endpoint_disabled", id, { name, channel, why: disable });
  await appendAuditEntry(tx, ctx, JOB, {
    action: "endpoint.disabled",
    objectKind: "endpoint",
    objectId: id,
    details: { why: disable, failures, dropped },
    address: null,
    correlationId: null,
  });
  const event: NewEvent = {
    type: "delivery.endpoint_disabled",
    version: EVENT_VERSION,
    subject: id,
    orderId: null,
    isMock: false,
    productIds: [],
    data,
  };
  await announce(tx, ctx, [event], ctx.now());
}
