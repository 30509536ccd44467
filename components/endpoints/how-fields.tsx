"use client";

import { useTranslations } from "next-intl";
import type { EndpointDraft } from "#components/endpoints/endpoint-draft.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { MOST_PER_MINUTE, MOST_SENDS_AT_ONCE } from "#lib/deliveries/endpoint-limits.ts";

/** How it is sent to: tries, order, and how much at once. */
export function HowFields({
  draft,
  errorAt,
  onChange,
}: {
  draft: EndpointDraft;
  errorAt: (place: string) => string | undefined;
  onChange: (to: Partial<EndpointDraft>) => void;
}) {
  const t = useTranslations("endpoints.how");
  return (
    <div className="grid gap-4">
      <Checkbox
        label={t("ownPlan")}
        hint={t("ownPlanHint", { plan: draft.usualPlan })}
        checked={draft.hasOwnPlan}
        onChange={({ target }) => onChange({ hasOwnPlan: target.checked })}
      />
      {draft.hasOwnPlan && (
        <Field label={t("plan")} hint={t("planHint")} error={errorAt("retryPlanMs")}>
          {(control) => (
            <Input
              {...control}
              mono
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              value={draft.plan}
              onChange={({ target }) => onChange({ plan: target.value })}
            />
          )}
        </Field>
      )}
      <Checkbox
        label={t("ordered")}
        hint={t("orderedHint")}
        checked={draft.isOrdered}
        onChange={({ target }) => onChange({ isOrdered: target.checked })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("atOnce")} hint={t("atOnceHint")} error={errorAt("sendsAtOnce")}>
          {(control) => (
            <NumberField
              {...control}
              min={1}
              max={MOST_SENDS_AT_ONCE}
              value={draft.sendsAtOnce}
              onValueChange={(sendsAtOnce) => onChange({ sendsAtOnce })}
            />
          )}
        </Field>
        <Field label={t("rate")} hint={t("rateHint")} error={errorAt("ratePerMinute")} optional>
          {(control) => (
            <NumberField
              {...control}
              min={1}
              max={MOST_PER_MINUTE}
              value={draft.ratePerMinute}
              onValueChange={(ratePerMinute) => onChange({ ratePerMinute })}
            />
          )}
        </Field>
      </div>
    </div>
  );
}
