"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Until } from "#components/alerts/until.tsx";
import { Link } from "#components/ui/link.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { AlertView } from "#lib/alerts/types.ts";

/** What became of it so far, and what comes next by itself. */
export function DetailStanding({ alert }: { alert: AlertView }) {
  const t = useTranslations("alerts.detail");
  const { nextNotice, state, resolution, lastDecision } = alert;
  const at = (iso: string | null) => () => iso && <RelativeTime at={iso} />;
  const lines: ReactNode[] = [];
  if (state === "acknowledged" && alert.acknowledgedUntil) {
    // The newest first: who did so this time, whatever was done since.
    const who = alert.entries.find(({ kind }) => kind === "acknowledged")?.actorName ?? null;
    lines.push(
      t.rich(who ? "acknowledgedBy" : "acknowledged", {
        who: who ?? "",
        until: () => <Until at={alert.acknowledgedUntil ?? ""} />,
      }),
    );
  }
  if (state === "snoozed" && alert.snoozedUntil) {
    const wish = alert.entries.find(({ kind }) => kind === "snoozed")?.data;
    lines.push(
      t.rich(wish?.wakesWorse === false ? "snoozed" : "snoozedWorse", {
        until: () => <Until at={alert.snoozedUntil ?? ""} />,
      }),
    );
  }
  if (state === "resolved") {
    const resolved = { who: alert.resolvedBy ?? "", ago: at(alert.resolvedAt) };
    if (resolution === "cleared") lines.push(t.rich("cleared", resolved));
    if (resolution === "person") lines.push(t.rich("resolvedBy", resolved));
    if (resolution === "person" && alert.resolveReason) {
      lines.push(<q className="wrap-anywhere">{alert.resolveReason}</q>);
    }
    if (resolution === "grouped" && alert.groupId) {
      lines.push(
        t.rich("grouped", {
          open: (words) => (
            <Link tone="prose" href={`/alerts/${alert.groupId}`}>
              {words}
            </Link>
          ),
        }),
      );
    }
  } else if (alert.standing === 0) lines.push(t("over"));
  if (lastDecision?.note && state !== "resolved") {
    lines.push(<q className="wrap-anywhere">{lastDecision.note}</q>);
  }
  if (state === "open") {
    lines.push(
      nextNotice
        ? t.rich("nextNotice", { to: nextNotice.to, until: () => <Until at={nextNotice.at} /> })
        : t(alert.isMock ? "noNoticeMock" : alert.notices.length > 0 ? "noMore" : "noNotice"),
    );
  }
  if (lines.length === 0) return null;
  return (
    <ul className="grid max-w-prose gap-0.5 text-ink-2">
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences without a name of their own
        <li key={place}>{line}</li>
      ))}
    </ul>
  );
}
