import { secretRoute } from "#app/_server/cron-route.ts";
import { readMetrics } from "#lib/engine/read-metrics.ts";
import { METRICS_TYPE, renderMetrics } from "#lib/engine/render-metrics.ts";

/** For Prometheus. All of it is read from the database, so any web process answers for all. */
export const GET = secretRoute(
  async (ctx) =>
    new Response(await renderMetrics(await readMetrics(ctx)), {
      headers: { "content-type": METRICS_TYPE, "cache-control": "no-store" },
    }),
);
