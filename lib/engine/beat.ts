import { hostname } from "node:os";
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

export async function beat(core: Core, run: EngineRun, worked: number): Promise<void> {
  await core.db.engineRun.updateMany({
    where: { id: run.id },
    data: { beatAt: core.now(), looks: { increment: worked } },
  });
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
