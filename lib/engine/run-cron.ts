import { clearDealtWith } from "#lib/alerts/clear-dealt-with.ts";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { sendNotices } from "#lib/alerts/send-notices.ts";
import { wakeAlerts } from "#lib/alerts/wake-alerts.ts";
import { type EngineContext, runEngine } from "./run-engine.ts";

/**
 * One wake-up by cron: chores, orders and deliveries, until the deadline or until nothing falls due before it.
 * Cron comes late, twice or not at all; runs may overlap with each other and with workers.
 */
export async function runCron(ctx: EngineContext, deadlineMs: number): Promise<{ worked: number }> {
  const until = new Date(ctx.now().getTime() + deadlineMs);
  const signal = AbortSignal.timeout(deadlineMs);
  const worked = await runEngine(ctx, { kind: "cron", signal, until });
  await tellLast(ctx);
  return { worked };
}

/**
 * What rules and rooms found while the run ended: nobody may come for a minute. What is only to be cleared comes
 * last, once, and keeps nobody from being told.
 */
async function tellLast(ctx: EngineContext): Promise<void> {
  try {
    while ((await raiseAlerts(ctx)) === "again");
    await wakeAlerts(ctx);
    await sendNotices(ctx);
  } catch (error) {
    ctx.log.error({ err: error }, "alerts could not be raised at the end of a cron run");
  }
  try {
    await clearDealtWith(ctx);
  } catch (error) {
    ctx.log.error(
      { err: error },
      "what is dealt with could not be cleared at the end of a cron run",
    );
  }
}
