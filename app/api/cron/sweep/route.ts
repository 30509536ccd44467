import { cronRoute } from "#app/_server/cron-route.ts";
import { SWEEP_DEADLINE_MS } from "#lib/engine/engine-schedule.ts";
import { runCron } from "#lib/engine/run-cron.ts";

/** Seconds after which the platform kills the call; the engine stops well before. */
export const maxDuration = 60;

/** Every five minutes, the fallback: stalls, balances, and whatever is overdue. */
export const GET = cronRoute((ctx) => runCron(ctx, SWEEP_DEADLINE_MS));
