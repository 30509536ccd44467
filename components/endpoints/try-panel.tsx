"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { tryEndpointAction } from "#app/(console)/settings/endpoints/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { TryOutcomeNotice } from "#components/endpoints/try-outcome.tsx";
import { useEndpointAct } from "#components/endpoints/use-endpoint-act.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { TestOutcome } from "#lib/deliveries/test-endpoint.ts";

/** Sends one test message when it appears, and says what came of it. */
export function TryPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("endpoints.try");
  const act = useEndpointAct();
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    // Strict mode mounts twice; one message is enough.
    if (begun.current) return;
    begun.current = true;
    void act.run(() => tryEndpointAction(id)).then(setOutcome);
  });
  return (
    <div className="px-gutter flex items-start gap-2 pb-3">
      <div className="min-w-0 flex-1">
        {outcome && <TryOutcomeNotice outcome={outcome} />}
        {act.failure && <ActProblem failure={act.failure} words="endpoints" />}
        {act.busy && (
          <p role="status" className="flex items-center gap-2 text-ink-2">
            <Spinner /> {t("sending")}
          </p>
        )}
      </div>
      {!act.busy && (
        <IconButton label={t("close")} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
