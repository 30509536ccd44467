import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { notify } from "#lib/platform/notify.ts";

/**
 * Stops a job after the step that is under way: what is done stays done. Stopping what has ended changes
 * nothing. Throws `forbidden` or `not_found`.
 */
export async function stopJob(
  core: Core,
  actor: Actor,
  jobId: string,
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "deliveries.send");
  if (!isUuid(jobId)) throw new KeyholdError("not_found", `job ${jobId}`);
  await core.db.$transaction(async (tx) => {
    const [stopped] = await tx.$queryRaw<{ done: number; skipped: number }[]>`
      update delivery_jobs set stopped_at = now(), stopped_by = ${actor.name}
      where id = ${jobId}::uuid and finished_at is null and stopped_at is null
      returning done, skipped`;
    if (stopped) {
      await appendAuditEntry(tx, core, actor, {
        action: "delivery_job.stopped",
        objectKind: "delivery_job",
        objectId: jobId,
        details: stopped,
        ...request,
      });
      await notify(tx, ["deliveries"]);
    } else if ((await tx.deliveryJob.count({ where: { id: jobId } })) === 0) {
      throw new KeyholdError("not_found", `job ${jobId}`);
    }
  });
}
