"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { changeKeyAction } from "#app/(console)/settings/api-keys/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { changeOf, draftOf, type KeyChangeDraft } from "#components/api-keys/key-draft.ts";
import { FromField, NameField, RateField } from "#components/api-keys/key-fields.tsx";
import { useKeyAct } from "#components/api-keys/use-key-act.ts";
import { useScopeWords } from "#components/api-keys/use-scope-words.ts";
import { InstantInput } from "#components/deliveries/instant-input.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import type { KeyView } from "#lib/api/types.ts";

/** What a key is called and how it is bounded. It gets no further right: that takes another key. */
export function ChangeDialog({ view, onClose }: { view: KeyView; onClose: () => void }) {
  const t = useTranslations("apiKeys");
  const words = useScopeWords();
  const act = useKeyAct();
  // As it was when somebody began: what others change meanwhile stays theirs.
  const [begun] = useState(view);
  const [draft, setDraft] = useState(() => draftOf(view));
  const [refused, setRefused] = useState<readonly string[]>([]);
  const set = (change: Partial<KeyChangeDraft>) => setDraft((before) => ({ ...before, ...change }));
  const { scopes } = draft;
  async function submit() {
    setRefused([]);
    const answer = await act.run(() => changeKeyAction(changeOf(begun, draft)));
    if (answer?.kind === "saved") onClose();
    if (answer?.kind === "invalid") setRefused(answer.fields);
  }
  return (
    <ActDialog
      words="apiKeys"
      title={t("change.title", { name: begun.name })}
      description={t("change.body")}
      verb={t("change.verb")}
      act={act}
      size="md"
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <NameField value={draft.name} onValue={(name) => set({ name })} refused={refused} />
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-xs font-medium text-ink-2">{t("create.scopes")}</legend>
        {begun.scopes.map((scope) => (
          <Checkbox
            key={scope}
            label={words(scope)}
            hint={<code>{scope}</code>}
            checked={scopes.includes(scope)}
            onChange={({ target }) =>
              set({
                scopes: begun.scopes.filter((one) =>
                  one === scope ? target.checked : scopes.includes(one),
                ),
              })
            }
          />
        ))}
        <p className="text-xs text-ink-2">{t("change.scopesHint")}</p>
        {refused.includes("scopes") && (
          <p role="alert" className="text-xs text-risk">
            {t("wrong.scopes")}
          </p>
        )}
      </fieldset>
      <FromField value={draft.from} onValue={(from) => set({ from })} refused={refused} />
      <RateField value={draft.rate} onValue={(rate) => set({ rate })} refused={refused} />
      <Field
        label={t("change.expires")}
        hint={t("create.expiresHint")}
        error={refused.includes("expiresAt") && t("wrong.expiresAt")}
        optional
      >
        {(control) => (
          <InstantInput
            control={control}
            value={draft.expiresAt}
            onValue={(expiresAt) => set({ expiresAt })}
          />
        )}
      </Field>
    </ActDialog>
  );
}
