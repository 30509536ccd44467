"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { createKeyAction } from "#app/(console)/settings/api-keys/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { type KeyDraft, NEW_KEY, wishOf } from "#components/api-keys/key-draft.ts";
import { FromField, NameField, RateField } from "#components/api-keys/key-fields.tsx";
import { type Made, MadeDialog } from "#components/api-keys/made-dialog.tsx";
import { useKeyAct } from "#components/api-keys/use-key-act.ts";
import { useScopeWords } from "#components/api-keys/use-scope-words.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { NumberField } from "#components/ui/number-field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { Scope } from "#lib/access/permissions.ts";
import { KEY_SCOPES, LONGEST_KEY_DAYS } from "#lib/api/key-policy.ts";

/** What a new key may do, from where, how often and for how long. */
export function CreateDialog({
  mayGive,
  onClose,
}: {
  mayGive: readonly Scope[];
  onClose: () => void;
}) {
  const t = useTranslations("apiKeys.create");
  // i18n-use: apiKeys.wrong.*
  const wrong = useTranslations("apiKeys.wrong");
  const words = useScopeWords();
  const act = useKeyAct();
  const [draft, setDraft] = useState(NEW_KEY);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [made, setMade] = useState<Made | null>(null);
  const set = (change: Partial<KeyDraft>) => setDraft((before) => ({ ...before, ...change }));
  const toggle = (scope: Scope, isOn: boolean) =>
    set({
      scopes: KEY_SCOPES.filter((one) => (one === scope ? isOn : draft.scopes.includes(one))),
    });
  const isTorn = draft.ownOrdersOnly && draft.scopes.includes("events:read");
  async function submit() {
    setRefused([]);
    const answer = await act.run(() => createKeyAction(wishOf(draft)));
    if (answer?.kind === "made") setMade(answer);
    if (answer?.kind === "invalid") setRefused(answer.fields);
  }
  if (made) return <MadeDialog made={made} onClose={onClose} />;
  const said = (field: "expiresInDays" | "spendPerDay") => refused.includes(field) && wrong(field);
  return (
    <ActDialog
      words="apiKeys"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      size="md"
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <NameField value={draft.name} onValue={(name) => set({ name })} refused={refused} />
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-xs font-medium text-ink-2">{t("scopes")}</legend>
        {KEY_SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            label={words(scope)}
            hint={mayGive.includes(scope) ? <code>{scope}</code> : t("lacking")}
            disabled={!mayGive.includes(scope)}
            checked={draft.scopes.includes(scope)}
            onChange={({ target }) => toggle(scope, target.checked)}
          />
        ))}
        {refused.includes("scopes") && (
          <p role="alert" className="text-xs text-risk">
            {wrong(isTorn ? "scopesOwn" : "scopes")}
          </p>
        )}
      </fieldset>
      <Checkbox
        label={t("own")}
        hint={t("ownHint")}
        checked={draft.ownOrdersOnly}
        onChange={({ target }) => set({ ownOrdersOnly: target.checked })}
      />
      <FromField value={draft.from} onValue={(from) => set({ from })} refused={refused} />
      <RateField value={draft.rate} onValue={(rate) => set({ rate })} refused={refused} />
      <Field label={t("expires")} hint={t("expiresHint")} error={said("expiresInDays")} optional>
        {(control) => (
          <NumberField
            {...control}
            min={1}
            max={LONGEST_KEY_DAYS}
            value={draft.days}
            onValueChange={(days) => set({ days })}
          />
        )}
      </Field>
      <Field label={t("spend")} hint={t("spendHint")} error={said("spendPerDay")} optional>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            spellCheck={false}
            className="font-mono text-xs"
            value={draft.spend}
            onChange={({ target }) => set({ spend: target.value })}
          />
        )}
      </Field>
    </ActDialog>
  );
}
