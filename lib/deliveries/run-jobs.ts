import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { DeliveriesContext } from "./context.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import { JOB_STEP } from "./delivery-schedule.ts";
import { readNow } from "./read-now.ts";
import { type Acted, drop, hasten, resend, revive } from "./send-again.ts";
import { jobCondition } from "./start-job.ts";
import type { JobKind } from "./types.ts";

const JOB: Actor = { kind: "job", name: "deliveries" };

type JobContext = Pick<DeliveriesContext, "db" | "log" | "now" | "reach">;

type RunningJob = {
  id: string;
  kind: JobKind;
  filter: DeliveryFilter;
  reason: string | null;
  createdAt: Date;
  upTo: string;
  position: string | null;
};

/**
 * Takes one step of the job that waits longest: some hundred deliveries and how far it got, in one transaction,
 * so that whoever goes on after a death neither repeats nor leaves out any. Any number of processes may do so at
 * once; each takes another job.
 * @returns `again` where more is to be done
 */
export async function runJobs(ctx: JobContext): Promise<"again" | "done"> {
  const stepped = await ctx.db.$transaction(async (tx) => {
    const [job] = await tx.$queryRaw<RunningJob[]>`
      select id::text, kind, filter, reason, created_at as "createdAt", up_to::text as "upTo", position::text
      from delivery_jobs where finished_at is null and stopped_at is null
      order by created_at limit 1 for no key update skip locked`;
    if (!job) return false;
    await step(ctx, tx, job);
    await ctx.reach?.("delivery_job_step_written");
    return true;
  }, PATIENT);
  if (stepped) await ctx.reach?.("delivery_job_step_committed");
  return stepped ? "again" : "done";
}

async function step(ctx: JobContext, tx: Tx, job: RunningJob): Promise<void> {
  const condition = await jobCondition(
    { db: tx as JobContext["db"] },
    job.kind,
    job.filter,
    job.createdAt,
  );
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select d.id::text from deliveries d
    where ${condition} and d.id <= ${job.upTo}::uuid
      and d.id > coalesce(${job.position}::uuid, '00000000-0000-0000-0000-000000000000')
    order by d.id limit ${JOB_STEP}::int`;
  const ids = rows.map(({ id }) => id);
  const { done, pending } = ids.length > 0 ? await act(tx, job, ids) : { done: 0, pending: [] };
  const isOver = ids.length < JOB_STEP;
  const after = await tx.deliveryJob.update({
    where: { id: job.id },
    data: {
      position: ids.at(-1) ?? job.position,
      done: { increment: done },
      skipped: { increment: ids.length - done },
      ...(isOver ? { finishedAt: await readNow({ db: tx }) } : {}),
    },
  });
  if (isOver) {
    await appendAuditEntry(tx, ctx, JOB, {
      action: "delivery_job.finished",
      objectKind: "delivery_job",
      objectId: job.id,
      details: { kind: job.kind, done: after.done, skipped: after.skipped },
      address: null,
      correlationId: null,
    });
  }
  await notify(tx, pending.length > 0 ? ["deliveries", "outbox"] : ["deliveries"]);
}

function act(tx: Tx, { kind, reason }: RunningJob, ids: readonly string[]): Promise<Acted> {
  switch (kind) {
    case "resend":
      return resend(tx, ids, true);
    case "revive":
      return revive(tx, ids);
    case "release":
      return hasten(tx, ids);
    case "drop":
      return drop(tx, ids, reason ?? "");
  }
}
