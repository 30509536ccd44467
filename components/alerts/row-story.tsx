"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useClock } from "#components/ui/use-clock.ts";
import type { AlertRow } from "#lib/alerts/types.ts";

/** Who decided what, until when, and why; nothing while nobody has. */
export function RowStory({ row }: { row: AlertRow }) {
  const story = useStory(row);
  if (story === null) return null;
  const note = row.state === "resolved" ? row.resolveReason : row.lastDecision?.note;
  return (
    <p className="min-w-0 truncate text-xs text-ink-3" suppressHydrationWarning>
      {story}
      {note && <span className="text-ink-2"> “{note}”</span>}
    </p>
  );
}

function useStory(row: AlertRow): string | null {
  const t = useTranslations("alerts.queue");
  const format = useFormatter();
  const now = useClock(Date.parse(row.changedAt));
  const { state, lastDecision, acknowledgedUntil, snoozedUntil } = row;
  const name = lastDecision?.actorName ?? null;
  const timeOf = (iso: string) => {
    const at = new Date(iso);
    const near = Math.abs(at.getTime() - now) < 18 * 60 * 60_000;
    return format.dateTime(at, near ? "time" : "dayTime");
  };
  switch (state) {
    case "acknowledged": {
      const time = acknowledgedUntil ? timeOf(acknowledgedUntil) : "–";
      return name ? t("ackBy", { name, time }) : t("ackUntil", { time });
    }
    case "snoozed": {
      const time = snoozedUntil ? timeOf(snoozedUntil) : "–";
      return name ? t("snoozeBy", { name, time }) : t("snoozeUntil", { time });
    }
    case "resolved":
      if (row.resolution === "grouped") return t("grouped");
      if (row.resolution === "cleared") return t("cleared");
      return t("resolvedBy", { name: row.resolvedBy ?? name ?? t("somebodyName") });
    case "open":
      return lastDecision === null ? null : openStory(lastDecision.kind, name);
  }

  function openStory(kind: string, actor: string | null): string {
    const who = { name: actor ?? t("somebodyName") };
    if (kind === "noted") return t("did.noted", who);
    if (kind === "assigned") return t("did.assigned", who);
    if (kind === "acted") return t("did.acted", who);
    return t("did.put_back", who);
  }
}
