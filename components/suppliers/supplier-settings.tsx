"use client";

import { useFormatter, useTranslations } from "next-intl";
import { percent } from "#components/suppliers/number-formats.ts";
import type { SupplierView } from "#components/suppliers/suppliers-view.ts";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";

/** How it is set to be asked, and the command that changes it; nothing here does. */
export function SupplierSettings({ supplier: { budget, plan } }: { supplier: SupplierView }) {
  const t = useTranslations("suppliers.settings");
  const format = useFormatter();
  const span = useSpan();
  const { schedule, sweep, stalledAfterMs } = plan.settings;
  const example = {
    callsPerMinute: budget.callsPerMinute,
    schedule: { preset: schedule.preset },
    sweep,
  };
  return (
    <div className="grid gap-3">
      <DefinitionList columns>
        <Definition term={t("callsPerMinute")}>
          {format.number(budget.callsPerMinute, "count")}
        </Definition>
        <Definition term={t("atOnce")}>
          {t("readsAndWrites", { reads: budget.readsAtOnce, writes: budget.writesAtOnce })}
        </Definition>
        <Definition term={t("schedule")}>{t(`preset.${schedule.preset}`)}</Definition>
        {schedule.preset === "learned" && (
          <Definition term={t("threshold")}>
            {format.number(schedule.threshold, percent)}
          </Definition>
        )}
        <Definition term={t("sweep")}>{t(`sweepIs.${sweep}`)}</Definition>
        {stalledAfterMs !== null && (
          <Definition term={t("stalledAfter")}>{span(stalledAfterMs)}</Definition>
        )}
      </DefinitionList>
      <p className="max-w-prose text-xs text-pretty text-ink-2">{t("how")}</p>
      <CodeBlock
        text={`npm run keyhold -- supplier set ${budget.slug} --config '${JSON.stringify(example)}'`}
        label={t("command")}
        copyLabel={t("copy")}
        wrap
        className="max-w-prose"
      />
    </div>
  );
}
