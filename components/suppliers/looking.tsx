"use client";

import { List, Search } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { oneDigit } from "#components/suppliers/number-formats.ts";
import type { SupplierView } from "#components/suppliers/suppliers-view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";

type PlanView = SupplierView["plan"];

/** One by one or by its list, in a word. */
export function ModeBadge({ mode }: { mode: PlanView["mode"] }) {
  const t = useTranslations("suppliers.looking");
  return (
    <Badge icon={mode === "sweep" ? <List aria-hidden /> : <Search aria-hidden />}>
      {t(`mode.${mode}`)}
    </Badge>
  );
}

/** How open orders are looked at, and why so, with the numbers that decided it. */
export function Looking({ plan }: { plan: PlanView }) {
  const t = useTranslations("suppliers.looking");
  const format = useFormatter();
  const span = useSpan();
  const { lastSweep, sweptAt, sweepEveryMs, congestion, settings, learnedProducts } = plan;
  const { preset } = settings.schedule;
  return (
    <div className="grid max-w-prose gap-2 text-pretty text-ink-2">
      <p suppressHydrationWarning>
        <Reason plan={plan} />{" "}
        {plan.mode === "sweep" && sweepEveryMs !== null && t("every", { span: span(sweepEveryMs) })}
      </p>
      {congestion >= 1.05 && (
        <p className="text-look">
          {t("stretched", {
            times: format.number(congestion, oneDigit),
            budget: Math.round(plan.facts.budget ?? 0),
          })}
        </p>
      )}
      <p>
        {t(`preset.${preset}`)} {preset === "learned" && t("learnt", { count: learnedProducts })}
      </p>
      {sweptAt && (
        <p className="text-xs">
          {t("swept")} <RelativeTime at={sweptAt} />
          {lastSweep &&
            `: ${t("sweepBrought", {
              pages: lastSweep.pages ?? 0,
              seen: lastSweep.seen ?? 0,
              moved: lastSweep.moved ?? 0,
              missing: lastSweep.missing ?? 0,
            })}`}
        </p>
      )}
    </div>
  );
}

const reasons = [
  "not_planned",
  "switched_off",
  "no_list",
  "nothing_to_sweep",
  "single_is_cheaper",
  "sweep_is_cheaper",
] as const;

function Reason({ plan: { reason, facts, distrustUntil, distrustWhy } }: { plan: PlanView }) {
  // i18n-use: suppliers.looking.reason.*
  const t = useTranslations("suppliers.looking.reason");
  const span = useSpan();
  const now = useClock();
  if (reason === "distrusted") {
    const left = distrustUntil === null ? 0 : Date.parse(distrustUntil) - now;
    return (
      <>
        {t("distrusted", { span: span(left) })} {distrustWhy && <q>{distrustWhy}</q>}
      </>
    );
  }
  const known = reasons.find((one) => one === reason);
  if (!known) return reason;
  return t(known, {
    open: facts.open ?? 0,
    single: Math.round(facts.callsSingle ?? 0),
    sweep: Math.round(facts.callsSweep ?? 0),
  });
}
