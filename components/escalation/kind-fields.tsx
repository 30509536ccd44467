"use client";

import { useTranslations } from "next-intl";
import type { PolicyDraft } from "#components/escalation/policy-draft.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { type AlertSeverity, SEVERITIES } from "#lib/alerts/types.ts";

/** Which alerts a policy is for. */
export function KindFields({
  draft: { kinds, severityFloor },
  kindTitles,
  onChange,
}: {
  draft: PolicyDraft;
  kindTitles: Record<string, string>;
  onChange: (to: Partial<PolicyDraft>) => void;
}) {
  const t = useTranslations("escalation.form");
  const toggle = (kind: string, on: boolean) =>
    onChange({
      kinds: on ? [...(kinds ?? []), kind] : (kinds ?? []).filter((one) => one !== kind),
    });
  return (
    <>
      <Field label={t("floor")} className="max-w-72">
        {(control) => (
          <Select
            {...control}
            value={severityFloor}
            options={SEVERITIES.map((value) => ({ value, label: t(`floors.${value}`) }))}
            onChange={({ target }) => onChange({ severityFloor: target.value as AlertSeverity })}
          />
        )}
      </Field>
      <fieldset className="grid min-w-0 gap-3">
        <legend className="sr-only">{t("kinds")}</legend>
        <Checkbox
          label={t("allKinds")}
          checked={kinds === null}
          onChange={({ target }) => onChange({ kinds: target.checked ? null : [] })}
        />
        {kinds !== null && (
          <div className="grid gap-1.5 sm:grid-cols-2 lg:grid-cols-3">
            {Object.entries(kindTitles).map(([kind, title]) => (
              <Checkbox
                key={kind}
                label={title}
                checked={kinds.includes(kind)}
                onChange={({ target }) => toggle(kind, target.checked)}
              />
            ))}
          </div>
        )}
        {kinds?.length === 0 && <p className="text-xs text-ink-2">{t("noKinds")}</p>}
      </fieldset>
    </>
  );
}
