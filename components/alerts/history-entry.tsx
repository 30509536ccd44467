"use client";

import { useTranslations } from "next-intl";
import { historyLooks } from "#components/alerts/history-looks.tsx";
import { Until } from "#components/alerts/until.tsx";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { TimelineItem } from "#components/ui/timeline.tsx";
import { ALERT_ACTIONS } from "#lib/alerts/alert-policy.ts";
import { type AlertEntryView, SEVERITIES } from "#lib/alerts/types.ts";

/** One thing that happened to an alert, as a sentence, with who and why. */
export function HistoryEntry({ entry }: { entry: AlertEntryView }) {
  const { tone, icon } = historyLooks[entry.kind];
  return (
    <TimelineItem
      tone={tone}
      icon={icon}
      title={<Sentence entry={entry} />}
      at={<RelativeTime at={entry.at} className="min-w-18 text-right" />}
      by={entry.actorName}
    >
      {entry.note && <q>{entry.note}</q>}
    </TimelineItem>
  );
}

function Sentence({ entry: { kind, data, actorName } }: { entry: AlertEntryView }) {
  // i18n-use: alerts.history.opened
  // i18n-use: alerts.history.recurred
  // i18n-use: alerts.history.lapsed
  // i18n-use: alerts.history.noted
  const t = useTranslations("alerts.history");
  const count = Number(data.count ?? 1);
  const until = () => (data.until ? <Until at={String(data.until)} /> : null);
  switch (kind) {
    case "opened":
    case "recurred":
      return t(kind, { count });
    case "eased":
      return t("eased", { standing: Number(data.standing ?? 0) });
    case "worsened":
      return <Worsened to={data.to} />;
    case "acknowledged":
      return t.rich("acknowledged", { until });
    case "snoozed":
      return t.rich(data.wakesWorse === false ? "snoozed" : "snoozedWorse", { until });
    case "woken":
      if (actorName) return t("woken.person");
      return t(data.why === "worse" ? "woken.worse" : "woken.time");
    case "assigned":
      return data.to ? t("assigned", { to: String(data.to) }) : t("unassigned");
    case "resolved":
      return t(actorName ? "resolved.person" : "resolved.cleared");
    case "reopened":
      if (data.why === "still_stands") return t("reopened.stillStands");
      return t(actorName ? "reopened.person" : "reopened.again");
    case "grouped":
      return data.into
        ? t.rich("grouped.into", {
            open: (words) => (
              <Link tone="prose" href={`/alerts/${data.into}`}>
                {words}
              </Link>
            ),
          })
        : t("grouped.took", { count });
    case "notified":
      return data.skipped
        ? t("skipped", { to: String(data.to ?? ""), why: String(data.skipped) })
        : t("notified", { to: String(data.to ?? "") });
    case "acted":
      return <Acted action={data.action} />;
    case "lapsed":
    case "noted":
      return t(kind);
  }
}

function Worsened({ to }: { to: unknown }) {
  const t = useTranslations("alerts");
  const known = SEVERITIES.find((severity) => severity === to);
  return t("history.worsened", { severity: known ? t(`severity.${known}`) : String(to ?? "") });
}

function Acted({ action }: { action: unknown }) {
  const t = useTranslations("alerts");
  const known = ALERT_ACTIONS.find((one) => one === action);
  return t("history.acted", { what: known ? t(`action.word.${known}`) : String(action ?? "") });
}
