"use client";

import { useTranslations } from "next-intl";
import { deletePolicyAction } from "#app/(console)/settings/escalation/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useAct } from "#components/acts/use-act.ts";
import type { PolicyView } from "#lib/alerts/policies/types.ts";

/** Asks whether to take a policy away, and says what becomes of its alerts. */
export function DeletePolicyDialog({
  policy,
  onClose,
}: {
  policy: PolicyView;
  onClose: () => void;
}) {
  const t = useTranslations("escalation.delete");
  const act = useAct([["escalation"]]);
  const { id, version, name } = policy;
  async function submit(): Promise<void> {
    const done = await act.run(async () => {
      const answer = await deletePolicyAction({ id, version });
      return answer.ok ? { ok: true as const, value: true } : answer;
    });
    if (done) onClose();
  }
  return (
    <ActDialog
      danger
      words="escalation"
      title={t("title", { name })}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
