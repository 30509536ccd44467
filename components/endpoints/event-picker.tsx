"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { EVENT_TYPES, type EventType } from "#lib/events/types.ts";

const groupOf = (type: EventType): Group => type.split(".")[0] as Group;
const COLUMNS = [["order"], ["balance", "alert", "delivery"]] as const;
type Group = (typeof COLUMNS)[number][number];

/** Which events it is told, group by group, each with what it means. */
export function EventPicker({
  events,
  error,
  onChange,
}: {
  events: readonly string[];
  error: string | undefined;
  onChange: (events: string[]) => void;
}) {
  const t = useTranslations("endpoints.events");
  const id = useId();
  const all = events.includes("*");
  const toggle = (type: string, on: boolean) =>
    onChange(on ? [...events, type] : events.filter((event) => event !== type));
  return (
    <fieldset className="grid min-w-0 gap-3" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="sr-only">{t("legend")}</legend>
      <Checkbox
        label={t("all")}
        hint={t("allHint")}
        checked={all}
        onChange={({ target }) => onChange(target.checked ? ["*"] : [])}
      />
      {!all && (
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          {COLUMNS.map((groups) => (
            <div key={groups[0]} className="grid content-start gap-4">
              {groups.map((group) => (
                <fieldset key={group} className="grid min-w-0 content-start gap-1.5">
                  <legend className="mb-1.5 text-xs font-medium text-ink-2">
                    {t(`group.${group}`)}
                  </legend>
                  {EVENT_TYPES.filter((type) => groupOf(type) === group).map((type) => (
                    <Checkbox
                      key={type}
                      label={<code className="font-mono text-xs">{type}</code>}
                      // i18n-use: endpoints.events.meaning.*
                      hint={t(`meaning.${type.replace(".", "_")}` as "meaning.order_created")}
                      checked={events.includes(type)}
                      onChange={({ target }) => toggle(type, target.checked)}
                    />
                  ))}
                </fieldset>
              ))}
            </div>
          ))}
        </div>
      )}
      {events.length === 0 && <p className="text-xs text-ink-2">{t("noneChosen")}</p>}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs text-risk">
          {error}
        </p>
      )}
    </fieldset>
  );
}
