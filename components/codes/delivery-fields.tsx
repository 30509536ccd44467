"use client";

import { Dices } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type DeliveryDraft,
  isPinFine,
  LIVES_HOURS,
  suggestPin,
  WAYS,
  type Way,
} from "#components/codes/delivery.ts";
import { ReasonField } from "#components/codes/reason-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { LONGEST_NOTE } from "#lib/codes/hand-out-limits.ts";

/** Why not by a link, which shows nobody else the codes. */
const OFTEN = ["counter", "phone", "noLink"] as const;

/** By which way codes come to a customer, and what that way needs. */
export function DeliveryFields({
  draft,
  change,
  tried,
  mayReveal,
  startHere,
}: {
  draft: DeliveryDraft;
  change: (to: Partial<DeliveryDraft>) => void;
  tried: boolean;
  /** Other ways than a link show the codes. */
  mayReveal: boolean;
  /** Focus begins here in a dialog that opens. */
  startHere: boolean;
}) {
  const t = useTranslations("inventory.delivery");
  return (
    <>
      <RadioGroup
        legend={t("way")}
        name="way"
        startHere={startHere}
        value={draft.way}
        onValueChange={(way) => change({ way: way as Way })}
        options={WAYS.map((way) => ({
          value: way,
          label: t(`ways.${way}.word`),
          hint: t(`ways.${way}.hint`),
          disabled: way !== "link" && !mayReveal,
        }))}
      />
      {draft.way === "link" ? (
        <>
          <LinkFields draft={draft} change={change} tried={tried} />
          <Field label={t("note")} hint={t("noteHint")} optional>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={LONGEST_NOTE}
                value={draft.note}
                onChange={({ target }) => change({ note: target.value })}
              />
            )}
          </Field>
        </>
      ) : (
        <ReasonField
          value={draft.reason}
          onValue={(reason) => change({ reason })}
          tried={tried}
          often={OFTEN.map((name) => t(`reasons.${name}`))}
        />
      )}
    </>
  );
}

/** What a claim link asks of whoever opens it, and how long it waits. */
export function LinkFields({
  draft,
  change,
  tried,
}: {
  draft: DeliveryDraft;
  change: (to: Partial<DeliveryDraft>) => void;
  tried: boolean;
}) {
  const t = useTranslations("inventory.delivery");
  const span = useSpan();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={t("pin")}
        hint={t("pinHint")}
        error={tried && !isPinFine(draft) && t("pinWrong")}
        optional
      >
        {(control) => (
          <span className="flex gap-1.5">
            <Input
              {...control}
              mono
              inputMode="numeric"
              autoComplete="off"
              maxLength={8}
              value={draft.pin}
              onChange={({ target }) => change({ pin: target.value.trim() })}
            />
            <IconButton
              label={t("suggestPin")}
              variant="secondary"
              onClick={() => change({ pin: suggestPin() })}
            >
              <Dices aria-hidden />
            </IconButton>
          </span>
        )}
      </Field>
      <Field label={t("lives")}>
        {(control) => (
          <Select
            {...control}
            value={String(draft.livesHours)}
            onChange={({ target }) => change({ livesHours: Number(target.value) })}
            options={LIVES_HOURS.map((hours) => ({
              value: String(hours),
              label: span(hours * 3_600_000),
            }))}
          />
        )}
      </Field>
    </div>
  );
}
