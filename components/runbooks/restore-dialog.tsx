"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { RunbookDraft } from "#components/runbooks/use-runbook.ts";

/** Gives up an edited runbook for the one that comes with Keyhold. */
export function RestoreDialog({ draft, onClose }: { draft: RunbookDraft; onClose: () => void }) {
  const t = useTranslations("runbooks.restore");
  return (
    <ActDialog
      words="runbooks"
      title={t("title")}
      description={t("body", { name: draft.stored.updatedBy ?? "" })}
      verb={t("verb")}
      danger
      act={draft.act}
      onSubmit={() => void draft.restore().then((isDone) => isDone && onClose())}
      onClose={() => {
        draft.act.clear();
        onClose();
      }}
    />
  );
}
