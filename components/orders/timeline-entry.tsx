"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { statusLooks } from "#components/orders/status.tsx";
import { TimelineFacts } from "#components/orders/timeline-facts.tsx";
import { timelineLooks } from "#components/orders/timeline-looks.tsx";
import { isOrderStatus, isSignalKey } from "#components/orders/timeline-words.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import { TimelineItem } from "#components/ui/timeline.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { TimelineView } from "#lib/orders/types.ts";

/** One thing that happened, as a sentence, with how long after the placing it was. */
export function TimelineEntry({
  entry,
  startedAt,
  children,
}: {
  entry: TimelineView;
  /** When the order was placed, ISO. */
  startedAt: string;
  /** More, below what the entry says of itself. */
  children?: ReactNode;
}) {
  const { kind, data } = entry;
  const moved = kind === "status_changed" && isOrderStatus(data.to) ? data.to : null;
  const { tone, icon } = moved ? statusLooks[moved] : timelineLooks[kind];
  return (
    <TimelineItem
      tone={tone}
      icon={icon}
      title={<Sentence entry={entry} />}
      at={
        <>
          <After ms={Date.parse(entry.at) - Date.parse(startedAt)} />
          <RelativeTime at={entry.at} className="min-w-18 text-right" />
        </>
      }
      by={entry.actor}
    >
      <TimelineFacts entry={entry} />
      {children}
    </TimelineItem>
  );
}

function After({ ms }: { ms: number }) {
  const span = useSpan();
  return ms < 2_000 ? null : <span>+{span(ms)}</span>;
}

function Sentence({ entry }: { entry: TimelineView }) {
  const t = useTranslations("orders");
  const { kind, data, count } = entry;
  switch (kind) {
    case "status_changed":
      return t("timeline.status_changed", {
        status: isOrderStatus(data.to) ? t(`status.${data.to}`) : String(data.to ?? ""),
      });
    case "looked":
      return t("timeline.looked", { count, word: String(data.word ?? "") });
    case "told":
      return t("timeline.told", { word: String(data.word ?? "") });
    case "look_failed":
      return t("timeline.look_failed", { count });
    case "codes_stored":
      // Not the times that the entry was repeated: reading the order takes `count` out of the facts.
      return t("timeline.codes_stored", { count });
    case "signal_opened":
    case "signal_cleared":
      return t(`timeline.${kind}`, {
        signal: isSignalKey(data.signal)
          ? t(`signal.${data.signal}.word`)
          : String(data.signal ?? ""),
      });
    case "code_revealed":
      return t("timeline.code_revealed", {
        number: Number(data.position ?? 0) + 1,
        item: Number(data.item ?? 0) + 1,
      });
    case "not_found":
      return t("timeline.not_found", { count });
    case "search_too_long":
      return t("timeline.search_too_long", { pages: Number(data.pages ?? 0) });
    // The same is said by a person or found out in one way or another.
    case "adopted":
      if (data.by === "reference" || data.by === "news") return t(`timeline.adopted.${data.by}`);
      return t(`timeline.adopted.${entry.actor ? "person" : "listed"}`);
    case "not_created":
      if (data.by === "reference") return t("timeline.not_created.reference");
      return t(`timeline.not_created.${entry.actor ? "person" : "listed"}`);
    case "placed":
    case "create_sent":
    case "create_accepted":
    case "create_refused":
    case "create_deferred":
    case "create_unknown":
    case "create_orphaned":
    case "not_placed_proposed":
    case "given_up":
    case "pay_sent":
    case "pay_accepted":
    case "pay_refused":
    case "pay_unknown":
    case "look_requested":
    case "backward_ignored":
      return t(`timeline.${kind}`);
  }
}
