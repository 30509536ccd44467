"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { GRANTS, type Grant, type Role } from "#lib/access/permissions.ts";

export type PersonDraft = { name: string; role: Role; grants: Grant[]; limits: string };

/** What somebody is called, may do and may spend. */
export function PersonFields({
  draft,
  roles,
  grantable,
  wrong,
  onChange,
}: {
  draft: PersonDraft;
  /** Those that the reader may give. */
  roles: readonly Role[];
  grantable: readonly Grant[];
  /** Fields that were refused. */
  wrong: readonly string[];
  onChange: (draft: PersonDraft) => void;
}) {
  const t = useTranslations("people.fields");
  const roleName = useTranslations("common.role");
  const set = (facts: Partial<PersonDraft>) => onChange({ ...draft, ...facts });
  return (
    <>
      <Field label={t("name")} error={wrong.includes("name") && t("nameWrong")} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            maxLength={100}
            value={draft.name}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t("role")} hint={t(`roleHint.${draft.role}`)}>
        {(control) => (
          <Select
            {...control}
            name="role"
            value={draft.role}
            onChange={({ target }) => {
              const role = roles.find((each) => each === target.value);
              if (role) set({ role });
            }}
            options={roles.map((role) => ({ value: role, label: roleName(role) }))}
          />
        )}
      </Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-xs font-medium text-ink-2">{t("grants")}</legend>
        {GRANTS.map((grant) => (
          <Checkbox
            key={grant}
            label={t(`grant.${grantKey(grant)}.label`)}
            hint={t(grantable.includes(grant) ? `grant.${grantKey(grant)}.hint` : "grantKept")}
            checked={draft.grants.includes(grant)}
            disabled={!grantable.includes(grant)}
            onChange={({ target }) =>
              set({
                grants: GRANTS.filter((each) =>
                  each === grant ? target.checked : draft.grants.includes(each),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <Field
        label={t("limits")}
        hint={t("limitsHint")}
        error={wrong.includes("spendLimits") && t("limitsWrong")}
        optional
      >
        {(control) => (
          <Textarea
            {...control}
            name="limits"
            rows={2}
            maxLength={400}
            value={draft.limits}
            onChange={({ target }) => set({ limits: target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** A dot means something else in the names of messages. */
export const grantKey = (grant: Grant) => (grant === "codes.values" ? "codes" : "export");
