import { cronRoute } from "#app/_server/cron-route.ts";
import { CRON_DEADLINE_MS } from "#lib/engine/engine-schedule.ts";
import { runCron } from "#lib/engine/run-cron.ts";

/**
 * Seconds after which the platform kills the call. The engine takes nothing new after its deadline
 * (48 s), and a create just begun by then may take another 30 s. Only one that first had to wait for
 * its turn at the supplier, 28 s at the most, can be cut off; the next run then finds out what became
 * of it.
 */
export const maxDuration = 90;

/** Each minute: the engine, until its deadline or until nothing falls due before it. */
export const GET = cronRoute((ctx) => runCron(ctx, CRON_DEADLINE_MS));
