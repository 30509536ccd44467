"use client";

import { useTranslations } from "next-intl";

/** Names of events, as they stand in messages. */
export function EventList({ events }: { events: readonly string[] }) {
  const t = useTranslations("endpoints.facts");
  if (events.includes("*")) return <>{t("allEvents")}</>;
  if (events.length === 0) return <>{t("noEvents")}</>;
  return (
    <ul className="grid gap-0.5">
      {events.map((event) => (
        <li key={event}>
          <code className="font-mono text-xs">{event}</code>
        </li>
      ))}
    </ul>
  );
}
