"use client";

import { useFormatter, useTranslations } from "next-intl";
import { clockOf } from "#components/escalation/policy-draft.ts";
import type { QuietHours, StepState } from "#lib/alerts/policies/types.ts";
import type { AlertSeverity } from "#lib/alerts/types.ts";

export type PolicyPicture = {
  severityFloor: AlertSeverity;
  /** Titles of its kinds; empty: all. */
  kinds: string[];
  steps: { key: string; afterMs: number; to: string; state: StepState }[];
  repeatAfterMs: number | null;
  repeats: number;
  quiet: QuietHours | null;
};

const MINUTE = 60_000;

/** In plain words: who is told of what, when, and when nobody is. */
export function PolicyWords({ picture }: { picture: PolicyPicture }) {
  const t = useTranslations("escalation.words");
  const format = useFormatter();
  const { severityFloor, kinds, steps, repeatAfterMs, repeats, quiet } = picture;
  const span = (ms: number): string => {
    const minutes = Math.max(0, Math.round(ms / MINUTE));
    const isHours = minutes >= 120 && minutes % 60 === 0;
    return t(isHours ? "hours" : "minutes", { count: isHours ? minutes / 60 : minutes });
  };
  return (
    <div className="grid gap-1.5 text-pretty">
      <p>
        {t(`floor.${severityFloor}`)}{" "}
        {kinds.length > 0 && t("kinds", { kinds: format.list(kinds, { type: "disjunction" }) })}
      </p>
      <ol className="grid gap-1">
        {steps.map(({ key, afterMs, to, state }) => (
          <li key={key} className="flex flex-wrap gap-x-2">
            <span className="w-36 shrink-0 text-ink-2">
              {afterMs < MINUTE ? t("atOnce") : t("after", { span: span(afterMs) })}
            </span>
            <span className="min-w-0 wrap-anywhere">
              {to}
              {state !== "well" && <span className="text-look"> · {t(`state.${state}`)}</span>}
            </span>
          </li>
        ))}
      </ol>
      <p className="text-ink-2">
        {repeats > 0 && repeatAfterMs !== null
          ? t("again", { count: repeats, span: span(repeatAfterMs) })
          : t("once")}{" "}
        {quiet &&
          t(`quiet.${quiet.floor ?? "none"}`, {
            from: clockOf(quiet.from),
            to: clockOf(quiet.to),
            zone: quiet.timeZone,
          })}
      </p>
    </div>
  );
}
