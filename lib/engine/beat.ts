import { hostname } from "node:os";
import { LATE_AFTER_MS } from "#lib/alerts/rules/engine-awake.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";
import { FORGET_RUNS_MS } from "./engine-schedule.ts";

export type EngineRun = { id: string; kind: "worker" | "cron" };

/** Announces a run of the engine; `beat` keeps it alive, `endRun` ends it. */
export async function beginRun(core: Core, kind: EngineRun["kind"]): Promise<EngineRun> {
  const id = core.newId();
  const now = core.now();
  const before = new Date(now.getTime() - FORGET_RUNS_MS);
  await core.db.$transaction(async (tx) => {
    await tx.engineRun.deleteMany({ where: { beatAt: { lt: before } } });
    await tx.engineRun.create({
      data: { id, kind, host: hostname(), pid: process.pid, startedAt: now, beatAt: now },
    });
    await notify(tx, ["engine"]);
  });
  return { id, kind };
}

/**
 * Shows that the run goes on, and shares the accounts' calls at once with the others that do. What was
 * called since the last beat is written down with it.
 */
export async function beat(ctx: OrdersContext, run: EngineRun, worked: number): Promise<void> {
  const now = ctx.now();
  await ctx.db.engineRun.updateMany({
    where: { id: run.id },
    data: { beatAt: now, looks: { increment: worked } },
  });
  const since = new Date(now.getTime() - LATE_AFTER_MS);
  const alive = await ctx.db.engineRun.count({ where: { beatAt: { gt: since }, stoppedAt: null } });
  ctx.suppliers.shareBetween(Math.max(1, alive));
  await ctx.suppliers.flushCounts(ctx);
}

export async function endRun(core: Core, run: EngineRun, worked: number): Promise<void> {
  const now = core.now();
  await core.db.$transaction(async (tx) => {
    await tx.engineRun.updateMany({
      where: { id: run.id },
      data: { beatAt: now, stoppedAt: now, looks: { increment: worked } },
    });
    await notify(tx, ["engine"]);
  });
}
