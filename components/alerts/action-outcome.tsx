"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { ActProblem } from "#components/acts/act-problem.tsx";
import type { Actions } from "#components/alerts/use-actions.ts";
import { Notice } from "#components/ui/notice.tsx";
import { LOOK_COOLDOWN_MS } from "#lib/orders/poll-schedule.ts";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** What became of the button that was pressed last. */
export function ActionOutcome({ actions: { act, said } }: { actions: Actions }) {
  const t = useTranslations("alerts.action");
  const { failure, proof } = act;
  return (
    <>
      {failure?.code === "too_soon" || failure?.code === "conflict" ? (
        <Notice tone="look" live>
          {t(`failed.${failure.code}`, { seconds: LOOK_COOLDOWN_MS / 1_000 })}
        </Notice>
      ) : (
        failure && <ActProblem failure={failure} words="alerts" />
      )}
      {said && !failure && (
        <Notice tone="done" live>
          {t(`said.${said}`)}
        </Notice>
      )}
      <Suspense>{proof.asking && <ProofDialog proof={proof} />}</Suspense>
    </>
  );
}
