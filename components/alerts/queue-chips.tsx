"use client";

import { useTranslations } from "next-intl";
import { type QueueFilter, viewOf } from "#components/alerts/queue-filter.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { FilterChip } from "#components/ui/filter-chip.tsx";

type Chip = { key: string; label: string; value: string; without: Partial<QueueFilter> };

/** Every filter in force beyond the view, each with its way out. */
export function QueueChips({
  filter,
  change,
  clear,
}: Pick<FilterControl<QueueFilter>, "filter" | "change" | "clear">) {
  const chips = useChips(filter);
  const t = useTranslations("alerts.queue");
  return (
    <div className="px-gutter flex flex-wrap items-center gap-2 pb-3">
      {chips.map(({ key, label, value, without }) => (
        <FilterChip key={key} label={label} value={value} onRemove={() => change(without)} />
      ))}
      <Button variant="ghost" size="sm" onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}

function useChips(filter: QueueFilter): Chip[] {
  const t = useTranslations("alerts");
  const { states, severities, kinds, suppliers, assignee, mock, text } = filter;
  const ofView: Chip[] = [
    {
      key: "states",
      label: t("queue.states"),
      value:
        states.length === 0
          ? t("queue.allStates")
          : states.map((state) => t(`state.${state}.word`)).join(", "),
      without: { states: ["open"] },
    },
    ...severities.map((severity) => ({
      key: severity,
      label: t("severity.label"),
      value: t(`severity.${severity}`),
      without: { severities: severities.filter((one) => one !== severity) },
    })),
    ...(assignee === null
      ? []
      : [
          {
            key: "assignee",
            label: t("queue.assignee"),
            value:
              assignee === "me"
                ? t("queue.me")
                : t(assignee === "nobody" ? "queue.nobody" : "queue.somebody"),
            without: { assignee: null },
          },
        ]),
  ];
  return [
    ...(viewOf(filter) === null ? ofView : []),
    ...kinds.map((kind) => ({
      key: kind,
      label: t("queue.kind"),
      value: t(`kind.${kind}.title`),
      without: { kinds: kinds.filter((one) => one !== kind) },
    })),
    ...suppliers.map((slug) => ({
      key: slug,
      label: t("queue.supplier"),
      value: slug,
      without: { suppliers: suppliers.filter((one) => one !== slug) },
    })),
    ...(mock === "without"
      ? []
      : [
          {
            key: "mock",
            label: t("queue.mockLabel"),
            value: t(`queue.mocks.${mock}`),
            without: { mock: "without" as const },
          },
        ]),
    ...(text === null
      ? []
      : [{ key: "text", label: t("queue.text"), value: text, without: { text: null } }]),
  ];
}
