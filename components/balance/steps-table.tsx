"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StepMoves } from "#components/balance/step-moves.tsx";
import { StepState } from "#components/balance/step-state.tsx";
import { Money } from "#components/ui/money.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { StepView } from "#lib/balance/types.ts";

/** Changes of what is available, newest first, each with what made it up. */
export function StepsTable({
  label,
  steps,
  currency,
  actionsOf,
}: {
  label: string;
  steps: readonly StepView[];
  currency: string;
  /** What may be done about one; nothing where left out. */
  actionsOf?: (step: StepView) => ReactNode;
}) {
  const t = useTranslations("balance.step");
  return (
    <Table label={label} sticky={false}>
      <THead>
        <TH>{t("when")}</TH>
        <TH align="end">{t("change")}</TH>
        <TH align="end">{t("remainder")}</TH>
        <TH grow>{t("explains")}</TH>
        <TH>{t("state")}</TH>
      </THead>
      <TBody>
        {steps.map((step) => (
          <TR key={step.id}>
            <TD phone="end">
              <RelativeTime at={step.toAt} />
            </TD>
            <TD align="end" phone="title">
              <Money amount={step.change} currency={currency} sign aligned />
            </TD>
            <TD align="end" phone="side">
              {step.remainder === "0" ? (
                <span className="text-ink-3">0</span>
              ) : (
                <Money
                  amount={step.remainder}
                  currency={currency}
                  sign
                  aligned
                  className="font-medium text-risk"
                />
              )}
            </TD>
            <TD grow phone="meta">
              <StepMoves step={step} currency={currency} />
            </TD>
            <TD phone="meta">
              <span className="flex flex-wrap items-center gap-2">
                <StepState step={step} />
                {actionsOf?.(step)}
              </span>
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
