"use client";

import { useTranslations } from "next-intl";
import type { EndpointDraft } from "#components/endpoints/endpoint-draft.ts";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { PAYLOAD_STYLES, type PayloadStyle } from "#lib/deliveries/types.ts";
import { LONGEST_REASON } from "#lib/platform/reason-limits.ts";

/** What it is told of an order's codes; that it gets the codes themselves needs a reason. */
export function PayloadFields({
  draft,
  error,
  onChange,
}: {
  draft: EndpointDraft;
  error: string | undefined;
  onChange: (to: Partial<EndpointDraft>) => void;
}) {
  const t = useTranslations("endpoints.payload");
  return (
    <div className="grid gap-4">
      <RadioGroup
        legend={t("legend")}
        hideLegend
        name="payload"
        value={draft.payload}
        onValueChange={(payload) => onChange({ payload: payload as PayloadStyle })}
        options={PAYLOAD_STYLES.map((style) => ({
          value: style,
          label: t(`${style}.word`),
          hint: t(`${style}.hint`),
        }))}
      />
      {draft.payload === "codes" && (
        <>
          <Notice tone="risk" title={t("warning")}>
            {t("warningBody")}
          </Notice>
          <Field label={t("reason")} hint={t("reasonHint")} error={error}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={LONGEST_REASON}
                value={draft.codesReason}
                onChange={({ target }) => onChange({ codesReason: target.value })}
              />
            )}
          </Field>
        </>
      )}
    </div>
  );
}
