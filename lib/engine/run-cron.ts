import { type EngineContext, runEngine } from "./run-engine.ts";

/**
 * One wake-up by cron: chores, orders and deliveries, until the deadline or until nothing falls due before it.
 * Cron comes late, twice or not at all; runs may overlap with each other and with workers.
 */
export async function runCron(ctx: EngineContext, deadlineMs: number): Promise<{ worked: number }> {
  const until = new Date(ctx.now().getTime() + deadlineMs);
  const signal = AbortSignal.timeout(deadlineMs);
  return { worked: await runEngine(ctx, { kind: "cron", signal, until }) };
}
