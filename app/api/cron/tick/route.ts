import { cronRoute } from "#app/_server/cron-route.ts";
import { CRON_DEADLINE_MS } from "#lib/engine/engine-schedule.ts";
import { runCron } from "#lib/engine/run-cron.ts";

/** Seconds after which the platform kills the call; the engine stops well before. */
export const maxDuration = 60;

/** Each minute: the engine, until its deadline or until nothing falls due before it. */
export const GET = cronRoute((ctx) => runCron(ctx, CRON_DEADLINE_MS));
