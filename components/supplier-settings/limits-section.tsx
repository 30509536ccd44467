"use client";

import { Gauge } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { oneDigit, percent } from "#components/suppliers/number-formats.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import { Section } from "#components/ui/section.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";

/** How much it may be asked, how its orders are looked at, and when something is worth a look. */
export function LimitsSection({ account }: { account: AccountView }) {
  const t = useTranslations("supplierSettings.limits");
  const format = useFormatter();
  const span = useSpan();
  const { budget, treatment, slug, may, currency } = account;
  const { polling, rules } = treatment;
  return (
    <Section
      title={t("title")}
      description={t("body")}
      action={
        may.manage && (
          <ButtonLink href={`/settings/suppliers/${slug}/limits`} icon={<Gauge aria-hidden />}>
            {t("change")}
          </ButtonLink>
        )
      }
    >
      <div className="grid gap-5">
        <Group title={t("group.calls")}>
          <Definition term={t("callsPerMinute")}>
            {format.number(budget.callsPerMinute, "count")}
          </Definition>
          <Definition term={t("readsAtOnce")}>{budget.readsAtOnce}</Definition>
          <Definition term={t("writesAtOnce")}>{budget.writesAtOnce}</Definition>
        </Group>
        <Group title={t("group.looks")}>
          <Definition term={t("preset")}>{t(`presets.${polling.schedule.preset}`)}</Definition>
          {polling.schedule.preset === "learned" && (
            <Definition term={t("threshold")}>
              {format.number(polling.schedule.threshold, percent)}
            </Definition>
          )}
          <Definition term={t("sweep")}>{t(`sweeps.${polling.sweep}`)}</Definition>
          <Definition term={t("stalledAfter")}>
            {polling.stalledAfterMs === null ? t("usual") : span(polling.stalledAfterMs)}
          </Definition>
        </Group>
        <Group title={t("group.thresholds")}>
          <Definition term={t("slowFactor")}>
            {format.number(rules.slowFactor, oneDigit)}
          </Definition>
          <Definition term={t("slowAnswer")}>{span(rules.slowAnswerMs)}</Definition>
          <Definition term={t("paymentExpiring")}>{span(rules.paymentExpiringMs)}</Definition>
          <Definition term={t("balanceStale")}>{span(rules.balanceStaleMs)}</Definition>
          <Definition term={t("catalogOutdated")}>{span(rules.catalogOutdatedMs)}</Definition>
          {treatment.balance.map((line) => (
            <Definition key={line.currency} term={t("lowIn", { currency: line.currency })}>
              <Money amount={line.lowAt} currency={line.currency} />
              {line.criticalAt !== null && (
                <span className="block text-xs text-ink-2">
                  {t.rich("criticalAt", {
                    amount: () => <Money amount={line.criticalAt} currency={line.currency} />,
                  })}
                </span>
              )}
            </Definition>
          ))}
        </Group>
        <Group title={t("group.placing")}>
          <Definition term={t("mode")}>{t(`modes.${treatment.mode}`)}</Definition>
          <Definition term={t("settling")}>{span(treatment.settlingMs)}</Definition>
          <Definition term={t("exclusive")}>{t(treatment.isExclusive ? "yes" : "no")}</Definition>
          <Definition term={t("secondPerson")}>
            {treatment.secondPersonAbove === null || currency === null ? (
              (treatment.secondPersonAbove ?? t("never"))
            ) : (
              <Money amount={treatment.secondPersonAbove} currency={currency} />
            )}
          </Definition>
          <Definition term={t("supportEmail")}>{treatment.supportEmail ?? t("none")}</Definition>
        </Group>
      </div>
    </Section>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-2">
      <h3 className="text-xs font-semibold text-ink-2">{title}</h3>
      <DefinitionList columns>{children}</DefinitionList>
    </div>
  );
}
