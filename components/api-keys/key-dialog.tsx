"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { revokeKeyAction, rotateKeyAction } from "#app/(console)/settings/api-keys/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { ChangeDialog } from "#components/api-keys/change-dialog.tsx";
import { CreateDialog } from "#components/api-keys/create-dialog.tsx";
import { type Made, MadeDialog } from "#components/api-keys/made-dialog.tsx";
import { useKeyAct } from "#components/api-keys/use-key-act.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import type { Scope } from "#lib/access/permissions.ts";
import type { KeyView } from "#lib/api/types.ts";

export type KeyQuestion =
  | { kind: "create"; mayGive: readonly Scope[] }
  | { kind: "change" | "rotate" | "revoke"; view: KeyView };

type Closing = { onClose: () => void };

/** The dialogs of the room. */
export function KeyDialog({ question, onClose }: { question: KeyQuestion } & Closing) {
  switch (question.kind) {
    case "create":
      return <CreateDialog mayGive={question.mayGive} onClose={onClose} />;
    case "change":
      return <ChangeDialog view={question.view} onClose={onClose} />;
    case "rotate":
      return <RotateDialog view={question.view} onClose={onClose} />;
    case "revoke":
      return <RevokeDialog view={question.view} onClose={onClose} />;
  }
}

function RotateDialog({ view, onClose }: { view: KeyView } & Closing) {
  const t = useTranslations("apiKeys.rotate");
  const act = useKeyAct();
  const [made, setMade] = useState<Made | null>(null);
  const [atOnce, setAtOnce] = useState(false);
  if (made) return <MadeDialog made={made} onClose={onClose} />;
  return (
    <ActDialog
      words="apiKeys"
      title={t("title", { name: view.name })}
      description={t(atOnce ? "bodyAtOnce" : "body")}
      verb={t("verb")}
      danger={atOnce}
      act={act}
      onSubmit={() => void act.run(() => rotateKeyAction({ id: view.id, atOnce })).then(setMade)}
      onClose={onClose}
    >
      <Checkbox
        label={t("atOnce")}
        hint={t("atOnceHint")}
        checked={atOnce}
        onChange={({ target }) => setAtOnce(target.checked)}
      />
    </ActDialog>
  );
}

function RevokeDialog({ view, onClose }: { view: KeyView } & Closing) {
  const t = useTranslations("apiKeys.revoke");
  const act = useKeyAct();
  async function submit() {
    const done = await act.run(async () => {
      const result = await revokeKeyAction(view.id);
      return result.ok ? { ok: true as const, value: true } : result;
    });
    if (done) onClose();
  }
  return (
    <ActDialog
      words="apiKeys"
      title={t("title", { name: view.name })}
      description={t("body")}
      verb={t("verb")}
      danger
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
