import { isAwake, LATE_AFTER_MS } from "#lib/alerts/rules/engine-awake.ts";
import { readBeats } from "#lib/alerts/rules/engine-late.ts";
import type { Core } from "#lib/platform/core.ts";

export type EngineHealth = {
  health: "ok" | "late";
  lastBeatAt: string | null;
  /** Who showed the last sign of life. */
  lastKind: "worker" | "cron" | null;
  workers: number;
};

/** Well while a worker beats, or while cron came by lately. */
export async function engineHealth(core: Core): Promise<EngineHealth> {
  const now = core.now();
  const beats = await readBeats(core);
  const workers = beats.filter(
    ({ kind, beatAt, stoppedAt }) =>
      kind === "worker" && stoppedAt === null && now.getTime() - beatAt.getTime() < LATE_AFTER_MS,
  );
  const [last] = beats;
  return {
    health: isAwake(beats, now) ? "ok" : "late",
    lastBeatAt: last?.beatAt.toISOString() ?? null,
    lastKind: last ? (last.kind === "cron" ? "cron" : "worker") : null,
    workers: workers.length,
  };
}
