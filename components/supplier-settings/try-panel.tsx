"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { testSupplierAction } from "#app/(console)/settings/suppliers/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { TriedNotice } from "#components/supplier-settings/tried-notice.tsx";
import { useAccountAct } from "#components/supplier-settings/use-account-act.ts";
import { useProblemText } from "#components/supplier-settings/use-problem-text.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { TriedSupplier } from "#lib/suppliers/room-types.ts";

const ProofDialog = lazy(async () => ({
  default: (await import("#components/access/proof-dialog.tsx")).ProofDialog,
}));

/** Makes one harmless call when it appears, and says what came of it. */
export function TryPanel({ slug, onClose }: { slug: string; onClose: () => void }) {
  const t = useTranslations("supplierSettings.tried");
  const act = useAccountAct();
  const problemText = useProblemText();
  const [outcome, setOutcome] = useState<TriedSupplier | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    // Strict mode mounts twice; one call is enough.
    if (begun.current) return;
    begun.current = true;
    void act.run(() => testSupplierAction(slug)).then(setOutcome);
  });
  return (
    <div className="px-gutter flex items-start gap-2 pb-3">
      <div className="min-w-0 flex-1">
        {outcome?.kind === "tried" && <TriedNotice tried={outcome.tried} />}
        {outcome?.kind === "invalid" && (
          <Notice tone="risk" live title={t("notTried")}>
            {outcome.problems.map(({ path, code }) => (
              <p key={path}>
                {path}: {problemText(code)}
              </p>
            ))}
          </Notice>
        )}
        {act.failure && <ActProblem failure={act.failure} words="supplierSettings" />}
        {act.busy && (
          <p role="status" className="flex items-center gap-2 text-ink-2">
            <Spinner /> {t("trying")}
          </p>
        )}
      </div>
      {!act.busy && (
        <IconButton label={t("close")} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      )}
      <Suspense>{act.proof.asking && <ProofDialog proof={act.proof} />}</Suspense>
    </div>
  );
}
