"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { HistoryEntry } from "#components/alerts/history-entry.tsx";
import { HistoryNotices } from "#components/alerts/history-notices.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Timeline } from "#components/ui/timeline.tsx";
import type { AlertView } from "#lib/alerts/types.ts";

/** More than these are shown only when asked for. */
const FIRST = 12;

/** Who did what to it, when and why; the newest first. */
export function HistoryList({ alert: { entries, notices } }: { alert: AlertView }) {
  const t = useTranslations("alerts.history");
  const [all, setAll] = useState(false);
  return (
    <>
      {notices.length > 0 && <HistoryNotices notices={notices} />}
      <Section title={t("title")}>
        <div className="grid max-w-200">
          <Timeline label={t("title")}>
            {(all ? entries : entries.slice(0, FIRST)).map((entry) => (
              <HistoryEntry key={entry.id} entry={entry} />
            ))}
          </Timeline>
        </div>
        {!all && entries.length > FIRST && (
          <Button size="sm" onClick={() => setAll(true)}>
            {t("earlier", { count: entries.length - FIRST })}
          </Button>
        )}
      </Section>
    </>
  );
}
