"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { PolicyDraft, StepDraft } from "#components/escalation/policy-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { Select } from "#components/ui/select.tsx";
import { MOST_STEPS } from "#lib/alerts/policies/policy-limits.ts";
import type { Recipients } from "#lib/alerts/policies/types.ts";

/** Who is told after how long, one row each. */
export function StepFields({
  draft: { steps },
  recipients: { endpoints, people },
  errorAt,
  onChange,
}: {
  draft: PolicyDraft;
  recipients: Recipients;
  errorAt: (path: string) => string | undefined;
  onChange: (to: Partial<PolicyDraft>) => void;
}) {
  const t = useTranslations("escalation.form");
  const added = useRef(0);
  const change = (key: string, to: Partial<StepDraft>) =>
    onChange({ steps: steps.map((step) => (step.key === key ? { ...step, ...to } : step)) });
  function add() {
    const last = steps.at(-1);
    added.current += 1;
    const minutes = String(Number(last?.minutes ?? 0) + 10 || 10);
    const key = `new-${added.current}`;
    const endpointId = last?.endpointId ?? endpoints[0]?.id ?? "";
    onChange({ steps: [...steps, { key, minutes, endpointId, userId: "" }] });
  }
  const isMail = (id: string) => endpoints.find((one) => one.id === id)?.channel === "email";
  return (
    <>
      <ol className="grid gap-4">
        {steps.map(({ key, minutes, endpointId, userId }, index) => (
          <li key={key} className="flex flex-wrap items-start gap-x-3 gap-y-2">
            <Field label={t("after")} error={errorAt(`steps.${index}.afterMs`)}>
              {(control) => (
                <NumberField
                  {...control}
                  value={minutes}
                  onValueChange={(text) => change(key, { minutes: text })}
                />
              )}
            </Field>
            <Field
              label={t("endpoint")}
              error={errorAt(`steps.${index}.endpointId`)}
              className="min-w-40 flex-1"
            >
              {(control) => (
                <Select
                  {...control}
                  value={endpointId}
                  options={endpoints.map(({ id, name, isOn }) => ({
                    value: id,
                    label: isOn ? name : t("isOff", { name }),
                  }))}
                  onChange={({ target }) =>
                    change(key, {
                      endpointId: target.value,
                      ...(isMail(target.value) ? {} : { userId: "" }),
                    })
                  }
                />
              )}
            </Field>
            {isMail(endpointId) && (
              <Field
                label={t("person")}
                error={errorAt(`steps.${index}.userId`)}
                className="min-w-40 flex-1"
              >
                {(control) => (
                  <Select
                    {...control}
                    value={userId}
                    placeholder={t("asEndpoint")}
                    options={people.map(({ id, name, email }) => ({
                      value: id,
                      label: `${name}, ${email}`,
                    }))}
                    onChange={({ target }) => change(key, { userId: target.value })}
                  />
                )}
              </Field>
            )}
            <IconButton
              label={t("remove", { place: index + 1 })}
              disabled={steps.length === 1}
              onClick={() => onChange({ steps: steps.filter((step) => step.key !== key) })}
              className="mt-5"
            >
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      {steps.length < MOST_STEPS && (
        <div>
          <Button icon={<Plus aria-hidden />} onClick={add}>
            {t("addStep")}
          </Button>
        </div>
      )}
    </>
  );
}
