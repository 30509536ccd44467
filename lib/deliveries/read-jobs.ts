import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { DeliveryFilter } from "./delivery-filter.ts";
import type { JobKind } from "./types.ts";

const MOST_LISTED = 50;

export type JobView = {
  id: string;
  kind: JobKind;
  filter: DeliveryFilter;
  /** Of the endpoint that the filter names. */
  endpointName: string | null;
  reason: string | null;
  begunBy: string;
  createdAt: string;
  total: number;
  done: number;
  /** Left as they were, since they had moved on. */
  skipped: number;
  state: "running" | "stopped" | "finished";
  stoppedBy: string | null;
  endedAt: string | null;
};

export type JobList = { rows: JobView[]; may: { send: boolean }; readAt: string };

/** What was done to many deliveries at once: what runs, and what ran last; newest first. */
export async function listJobs(core: Core, actor: Actor): Promise<JobList> {
  requirePermission(actor, "deliveries.read");
  const jobs = await core.db.deliveryJob.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_LISTED,
  });
  const filters = jobs.map(({ filter }) => filter as DeliveryFilter);
  const endpoints = await core.db.endpoint.findMany({
    where: { id: { in: filters.flatMap(({ endpoint }) => endpoint ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(endpoints.map(({ id, name }) => [id, name]));
  return {
    rows: jobs.map(({ filter: raw, ...job }) => {
      const filter = raw as DeliveryFilter;
      return {
        id: job.id,
        kind: job.kind as JobKind,
        filter,
        endpointName: (filter.endpoint && names.get(filter.endpoint)) ?? null,
        reason: job.reason,
        begunBy: job.actorName,
        createdAt: job.createdAt.toISOString(),
        total: job.total,
        done: job.done,
        skipped: job.skipped,
        state: job.finishedAt ? "finished" : job.stoppedAt ? "stopped" : "running",
        stoppedBy: job.stoppedBy,
        endedAt: (job.finishedAt ?? job.stoppedAt)?.toISOString() ?? null,
      };
    }),
    may: { send: can(actor, "deliveries.send") },
    readAt: core.now().toISOString(),
  };
}
