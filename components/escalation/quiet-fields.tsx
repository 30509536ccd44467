"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { PolicyDraft } from "#components/escalation/policy-draft.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { SEVERITIES } from "#lib/alerts/types.ts";

type Quiet = NonNullable<PolicyDraft["quiet"]>;

/** When people are let sleep, and what wakes them all the same. */
export function QuietFields({
  draft: { quiet },
  errorAt,
  onChange,
}: {
  draft: PolicyDraft;
  errorAt: (path: string) => string | undefined;
  onChange: (to: Partial<PolicyDraft>) => void;
}) {
  const t = useTranslations("escalation.form");
  const list = useId();
  // Only the browser's own list is known to be one that it takes.
  const [zones, setZones] = useState<string[]>([]);
  const set = (to: Partial<Quiet>) => quiet && onChange({ quiet: { ...quiet, ...to } });
  function toggle(on: boolean) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    onChange({ quiet: on ? { from: "22:00", to: "07:00", timeZone, floor: "critical" } : null });
  }
  return (
    <div className="grid gap-4">
      <Checkbox
        label={t("hasQuiet")}
        checked={quiet !== null}
        onChange={({ target }) => toggle(target.checked)}
      />
      {quiet && (
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {(["from", "to"] as const).map((side) => (
            // i18n-use: escalation.form.from
            // i18n-use: escalation.form.to
            <Field key={side} label={t(side)} error={errorAt(`quiet.${side}`)}>
              {(control) => (
                <Input
                  {...control}
                  type="time"
                  value={quiet[side]}
                  onChange={({ target }) => set({ [side]: target.value })}
                />
              )}
            </Field>
          ))}
          <Field label={t("zone")} hint={t("zoneHint")} error={errorAt("quiet.timeZone")}>
            {(control) => (
              <>
                <Input
                  {...control}
                  list={list}
                  autoComplete="off"
                  maxLength={64}
                  value={quiet.timeZone}
                  onFocus={() => zones.length === 0 && setZones(Intl.supportedValuesOf("timeZone"))}
                  onChange={({ target }) => set({ timeZone: target.value })}
                />
                <datalist id={list}>
                  {zones.map((zone) => (
                    <option key={zone} value={zone} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
          <Field label={t("through")}>
            {(control) => (
              <Select
                {...control}
                value={quiet.floor}
                options={[...SEVERITIES, "none" as const].map((value) => ({
                  value,
                  label: t(`throughs.${value}`),
                }))}
                onChange={({ target }) => set({ floor: target.value as Quiet["floor"] })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
