import { cronRoute } from "#app/_server/cron-route.ts";
import { SWEEP_DEADLINE_MS } from "#lib/engine/engine-schedule.ts";
import { runCron } from "#lib/engine/run-cron.ts";

/**
 * Seconds after which the platform kills the call. The engine takes nothing new after its deadline
 * (20 s), and an order taken just before may need another 58 s: 28 until its create is sent, 30 for
 * the answer.
 */
export const maxDuration = 90;

/** Every five minutes, the fallback: stalls, balances, and whatever is overdue. */
export const GET = cronRoute((ctx) => runCron(ctx, SWEEP_DEADLINE_MS));
