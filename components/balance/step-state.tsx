"use client";

import { CircleCheck, CircleHelp, Hourglass, UserCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { StepView } from "#lib/balance/types.ts";

/** How far a change is explained; who had accepted it before it was opened again stays to be read. */
export function StepState({ step }: { step: StepView }) {
  const t = useTranslations("balance.step");
  if (step.state === "accepted" || step.acceptedBy === null) return <StateNow step={step} />;
  return (
    <span className="inline-grid gap-1">
      <StateNow step={step} />
      <span className="text-xs text-ink-3 wrap-anywhere">
        {t("acceptedBefore", { name: step.acceptedBy, reason: step.reason ?? "" })}
      </span>
    </span>
  );
}

function StateNow({ step }: { step: StepView }) {
  const t = useTranslations("balance.step");
  switch (step.state) {
    case "explained":
      return (
        <Badge tone="done" icon={<CircleCheck aria-hidden />}>
          {t("explained")}
        </Badge>
      );
    case "open":
      return (
        <Badge icon={<Hourglass aria-hidden />} tone="moving">
          {t("open")}
        </Badge>
      );
    case "unexplained":
      return (
        <Badge tone="risk" icon={<CircleHelp aria-hidden />}>
          {t("unexplained")}
        </Badge>
      );
    case "accepted":
      return (
        <span className="inline-flex items-start gap-1.5 text-xs text-ink-2">
          <UserCheck aria-hidden className="mt-px size-3.5 shrink-0" />
          <span className="min-w-0 wrap-anywhere">
            {t("accepted", { name: step.acceptedBy ?? "", reason: step.reason ?? "" })}
          </span>
        </span>
      );
  }
}
