import type { Core } from "#lib/platform/core.ts";
import { CRON_LATE_AFTER_MS, LATE_AFTER_MS } from "./engine-schedule.ts";

export type EngineHealth = {
  health: "ok" | "late";
  lastBeatAt: string | null;
  /** Who showed the last sign of life. */
  lastKind: "worker" | "cron" | null;
  workers: number;
};

/** Well while a worker beats, or while cron came by lately. */
export async function engineHealth(core: Core): Promise<EngineHealth> {
  const now = core.now().getTime();
  const runs = await core.db.engineRun.findMany({ orderBy: { beatAt: "desc" }, take: 20 });
  const fresh = (kind: string, withinMs: number) =>
    runs.filter((run) => run.kind === kind && now - run.beatAt.getTime() < withinMs);
  const workers = fresh("worker", LATE_AFTER_MS).filter((run) => !run.stoppedAt);
  const crons = fresh("cron", CRON_LATE_AFTER_MS);
  return {
    health: workers.length > 0 || crons.length > 0 ? "ok" : "late",
    lastBeatAt: runs[0]?.beatAt.toISOString() ?? null,
    lastKind: runs[0] ? (runs[0].kind === "cron" ? "cron" : "worker") : null,
    workers: workers.length,
  };
}
