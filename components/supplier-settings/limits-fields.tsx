"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LimitsDraft, LimitsField } from "#components/supplier-settings/limits-draft.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

export type LimitsFieldsProps = {
  draft: LimitsDraft;
  errorAt: (field: LimitsField) => string | undefined;
  onChange: (to: Partial<LimitsDraft>) => void;
};

type TextName =
  | "callsPerMinute"
  | "readsAtOnce"
  | "writesAtOnce"
  | "threshold"
  | "stalledAfter"
  | "slowFactor"
  | "slowAnswer"
  | "paymentExpiring"
  | "balanceStale"
  | "catalogOutdated"
  | "settling"
  | "secondPersonAbove"
  | "supportEmail";

const units: Partial<Record<TextName, "minutes" | "seconds" | "percent" | "times">> = {
  threshold: "percent",
  stalledAfter: "minutes",
  slowFactor: "times",
  slowAnswer: "seconds",
  paymentExpiring: "minutes",
  balanceStale: "minutes",
  catalogOutdated: "minutes",
  settling: "minutes",
};
const optional: readonly TextName[] = ["stalledAfter", "secondPersonAbove", "supportEmail"];

function TextField({ name, draft, errorAt, onChange }: LimitsFieldsProps & { name: TextName }) {
  // i18n-use: supplierSettings.limits.hint.*
  // i18n-use: supplierSettings.limits.secondPersonAbove
  const t = useTranslations("supplierSettings.limits");
  const unit = units[name];
  const hint = `hint.${name}` as "hint.callsPerMinute";
  return (
    <Field
      label={t(name)}
      hint={t.has(hint) ? t(hint) : undefined}
      aside={unit && t(`unit.${unit}`)}
      error={errorAt(name)}
      optional={optional.includes(name)}
    >
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode={name === "supportEmail" ? "email" : "decimal"}
          autoComplete="off"
          maxLength={254}
          value={draft[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </Field>
  );
}

const Grid = ({ children }: { children: ReactNode }) => (
  <div className="grid max-w-176 gap-4 sm:grid-cols-2">{children}</div>
);

/** How much it may be asked. */
export function CallFields(props: LimitsFieldsProps) {
  return (
    <Grid>
      <TextField {...props} name="callsPerMinute" />
      <TextField {...props} name="readsAtOnce" />
      <TextField {...props} name="writesAtOnce" />
    </Grid>
  );
}

const presets = ["learned", "steady", "backoff"] as const;

/** How its open orders are looked at. */
export function LookFields(props: LimitsFieldsProps) {
  const t = useTranslations("supplierSettings.limits");
  const { draft, onChange } = props;
  return (
    <Grid>
      <Field label={t("preset")} hint={t(`presetHint.${draft.preset}`)}>
        {(control) => (
          <Select
            {...control}
            value={draft.preset}
            onChange={({ target }) =>
              onChange({ preset: presets.find((one) => one === target.value) ?? "learned" })
            }
            options={presets.map((one) => ({ value: one, label: t(`presets.${one}`) }))}
          />
        )}
      </Field>
      {draft.preset === "learned" && <TextField {...props} name="threshold" />}
      <TextField {...props} name="stalledAfter" />
      <div className="sm:col-span-2">
        <Checkbox
          label={t("sweepsLabel")}
          hint={t("sweepsHint")}
          checked={draft.sweeps}
          onChange={({ target }) => onChange({ sweeps: target.checked })}
        />
      </div>
    </Grid>
  );
}

/** When something about it is worth a person's look. */
export function ThresholdFields(props: LimitsFieldsProps) {
  return (
    <Grid>
      <TextField {...props} name="slowFactor" />
      <TextField {...props} name="slowAnswer" />
      <TextField {...props} name="paymentExpiring" />
      <TextField {...props} name="balanceStale" />
      <TextField {...props} name="catalogOutdated" />
    </Grid>
  );
}

/** How orders are placed there, and who has a say where it is unclear whether one exists. */
export function PlacingFields({ hasGuard, ...props }: LimitsFieldsProps & { hasGuard: boolean }) {
  const t = useTranslations("supplierSettings.limits");
  const { draft, onChange } = props;
  return (
    <Grid>
      <TextField {...props} name="settling" />
      <TextField {...props} name="secondPersonAbove" />
      <TextField {...props} name="supportEmail" />
      <div className="grid gap-3 sm:col-span-2">
        <Checkbox
          label={t("exclusiveLabel")}
          hint={t("exclusiveHint")}
          checked={draft.isExclusive}
          onChange={({ target }) => onChange({ isExclusive: target.checked })}
        />
        {hasGuard && (
          <Checkbox
            label={t("guardLabel")}
            hint={t("guardHint")}
            checked={draft.isGuardTrusted}
            onChange={({ target }) => onChange({ isGuardTrusted: target.checked })}
          />
        )}
      </div>
    </Grid>
  );
}
