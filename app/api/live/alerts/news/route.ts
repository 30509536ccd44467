import { getTranslations } from "next-intl/server";
import { liveRoute } from "#app/_server/live-route.ts";
import type { AlertNews } from "#components/live/alert-news.ts";
import { parseAlertFilter } from "#lib/alerts/alert-filter.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";
import { readAlerts } from "#lib/alerts/read-alerts.ts";

/** More at once are told as a number. */
const MOST = 5;

/** What opened since an instant, in the reader's words: for sound, notifications and the page title. */
export const GET = liveRoute(async (ctx, actor, { query }): Promise<AlertNews> => {
  const since = Date.parse(query.get("since") ?? "");
  const filter = parseAlertFilter({ sort: "newest" });
  const [t, counts, page] = await Promise.all([
    getTranslations("alerts"),
    countAlerts(ctx, actor),
    Number.isNaN(since) ? null : readAlerts(ctx, actor, filter, { limit: MOST }),
  ]);
  return {
    readAt: ctx.now().toISOString(),
    open: counts.open,
    alerts: (page?.rows ?? [])
      .filter(({ openedAt }) => Date.parse(openedAt) > since)
      .map(({ id, kind, severity, order, about, supplierName }) => ({
        id,
        severity,
        title: `${t(`severity.${severity}`)}: ${t(`kind.${kind}.title`)}`,
        body: [order?.goods ?? about, supplierName].filter(Boolean).join(" · "),
      })),
  };
});
