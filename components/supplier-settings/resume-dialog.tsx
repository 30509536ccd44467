"use client";

import { useTranslations } from "next-intl";
import { resumeSupplierAction } from "#app/(console)/settings/suppliers/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { useAccountAct } from "#components/supplier-settings/use-account-act.ts";

/** Ends a pause before its time. */
export function ResumeDialog({
  account: { id, name },
  what,
  onClose,
}: {
  account: AccountView;
  what: "ordering" | "polling";
  onClose: () => void;
}) {
  const t = useTranslations("supplierSettings.resume");
  const act = useAccountAct();
  async function submit() {
    const done = await act.run(async () => {
      const answer = await resumeSupplierAction(id, what);
      return answer.ok ? { ok: true as const, value: true } : answer;
    });
    if (done) onClose();
  }
  return (
    <ActDialog
      words="supplierSettings"
      title={t("title", { name })}
      description={t(`${what}.body`)}
      verb={t(`${what}.verb`)}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
