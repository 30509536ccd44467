import { type Actor, actorColumns, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { deliveryCondition } from "./delivery-condition.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { lockEndpoint } from "./find-endpoint.ts";
import type { DeliveryState } from "./lifecycle.ts";
import { readNow } from "./read-now.ts";
import { endPause } from "./resume-endpoint.ts";
import type { JobKind } from "./types.ts";

/** What each kind deals with; whatever has moved on by then is left as it is. */
const STATES: Record<JobKind, readonly DeliveryState[]> = {
  resend: ["success", "failed"],
  revive: ["not_apply"],
  release: ["pending"],
  drop: ["pending"],
};

export type NewJob = {
  /** Made by whoever asks, so that asking twice begins one job. */
  id: string;
  kind: JobKind;
  filter: DeliveryFilter;
  reason?: string | undefined;
};

/**
 * Begins to do something to every delivery that a filter finds now, in steps that the engine takes:
 * - `resend`: what succeeded or failed is sent once more
 * - `revive`: what applied to nobody goes to who asks for it now
 * - `release`: of the endpoint that is all of the filter, what waits is due at once; a pause of it ends, and its
 *   breaker closes
 * - `drop`: of the filter's endpoint, which is paused, what waits is given up, for a reason
 *
 * Throws `forbidden`, `not_found`, `invalid` (the endpoint or the reason is missing) or `conflict` (it isn't
 * paused, or is off; the id is another job's).
 */
export async function startJob(
  core: Core,
  actor: Actor,
  { id, kind, filter: asked, reason: why }: NewJob,
  request: RequestFacts,
): Promise<{ jobId: string; total: number }> {
  requirePermission(actor, "deliveries.send");
  const reason = kind === "drop" || why?.trim() ? reasonText(why ?? "") : null;
  const { after: _, ...filter } = asked;
  const now = await readNow(core);
  const condition = await jobCondition(core, kind, filter, now);
  return core.db.$transaction(async (tx) => {
    const before = await tx.deliveryJob.findUnique({ where: { id } });
    if (before) {
      const isSame = before.kind === kind && before.actorId === actorColumns(actor).actorId;
      if (!isSame) throw new KeyholdError("conflict", "the id is another job's");
      return { jobId: id, total: before.total };
    }
    // Before the endpoint is locked: nobody claims for it while that lasts.
    const [counted] = await tx.$queryRaw<{ total: number; upTo: string }[]>`
      select count(*)::int as total, time_ordered_id(now())::text as "upTo" from deliveries d where ${condition}`;
    await prepareEndpoint(tx, core, actor, kind, filter, request);
    if (!counted) throw new Error("Counting answers one row.");
    const { total, upTo } = counted;
    await tx.deliveryJob.create({
      data: {
        id,
        kind,
        filter,
        reason,
        ...actorColumns(actor),
        createdAt: now,
        upTo,
        total,
        finishedAt: total === 0 ? now : null,
      },
    });
    await appendAuditEntry(tx, core, actor, {
      action: "delivery_job.begun",
      objectKind: "delivery_job",
      objectId: id,
      ...(reason === null ? {} : { reason }),
      details: { kind, total, filter: JSON.stringify(filter) },
      ...request,
    });
    await notify(tx, ["deliveries", "work"]);
    return { jobId: id, total };
  }, PATIENT);
}

/** Which deliveries, called `d`, a job is about. */
export async function jobCondition(
  core: Pick<Core, "db">,
  kind: JobKind,
  filter: DeliveryFilter,
  begunAt: Date,
): Promise<Prisma.Sql> {
  const states = [...STATES[kind]];
  const isMeant = await deliveryCondition(core, filter, begunAt);
  return Prisma.sql`d.state = any(${states}::delivery_state[]) and ${isMeant}`;
}

async function prepareEndpoint(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  kind: JobKind,
  { endpoint: endpointId, ...narrower }: DeliveryFilter,
  request: RequestFacts,
): Promise<void> {
  if (kind !== "release" && kind !== "drop") return;
  if (endpointId === undefined) throw new KeyholdError("invalid", `${kind} needs an endpoint`);
  // With its pause all of it goes out: nobody is to believe that only some does.
  if (kind === "release" && Object.values(narrower).some((value) => value !== undefined)) {
    throw new KeyholdError("invalid", "an endpoint is released as a whole");
  }
  const { pausedAt, disabledAt } = await lockEndpoint(tx, endpointId);
  if (kind === "drop") {
    if (pausedAt === null) throw new KeyholdError("conflict", "the endpoint is not paused");
    return;
  }
  if (disabledAt !== null) throw new KeyholdError("conflict", "the endpoint is switched off");
  // What it was asked for is known to somebody now: the breaker need not find out by itself.
  await tx.endpoint.update({ where: { id: endpointId }, data: { trips: 0, openUntil: null } });
  if (pausedAt !== null) await endPause(tx, core, actor, endpointId, request);
}
