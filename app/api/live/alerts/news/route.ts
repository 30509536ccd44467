import { getTranslations } from "next-intl/server";
import { liveRoute } from "#app/_server/live-route.ts";
import type { AlertNews } from "#components/live/alert-news.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";
import { readAlertNews } from "#lib/alerts/read-alert-news.ts";
import { SEVERITIES } from "#lib/alerts/types.ts";

/** More at once are told as a number. */
const MOST = 5;
/** What was written before an instant may be there only after it. */
const OVERLAP_MS = 10_000;

/** What opened or became more since an instant, in the reader's words: for sound, notifications and the page title. */
export const GET = liveRoute(async (ctx, actor, { query }): Promise<AlertNews> => {
  const since = Date.parse(query.get("since") ?? "");
  const from = SEVERITIES.find((one) => one === query.get("from")) ?? "info";
  const t = await getTranslations("alerts");
  const [counts, news] = await Promise.all([
    countAlerts(ctx, actor),
    Number.isNaN(since)
      ? []
      : readAlertNews(ctx, actor, { since: new Date(since - OVERLAP_MS), from, limit: MOST }),
  ]);
  return {
    readAt: ctx.now().toISOString(),
    open: counts.open,
    goodbye: { title: t("notify.ended"), body: t("notify.endedBody") },
    alerts: news.map(({ newsAt, alert: { id, kind, severity, order, about, supplierName } }) => ({
      ...{ id, newsAt, severity },
      title: `${t(`severity.${severity}`)}: ${t(`kind.${kind}.title`)}`,
      body: [order?.goods ?? about, supplierName].filter(Boolean).join(" · "),
    })),
  };
});
