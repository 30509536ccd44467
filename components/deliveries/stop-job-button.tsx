"use client";

import { useTranslations } from "next-intl";
import { stopJobAction } from "#app/(console)/deliveries/actions.ts";
import { useDeliveryAct } from "#components/deliveries/use-delivery-act.ts";
import { Button } from "#components/ui/button.tsx";

/** Stops a job where it is; what it has done stays done. */
export function StopJobButton({ jobId }: { jobId: string }) {
  const t = useTranslations("deliveries.job");
  const { busy, failure, run } = useDeliveryAct();
  return (
    <span className="flex items-center gap-2">
      {failure && (
        <span role="alert" className="text-xs text-risk">
          {t("notStopped")}
        </span>
      )}
      <Button size="sm" busy={busy} onClick={() => void run(() => stopJobAction(jobId))}>
        {t("stop")}
      </Button>
    </span>
  );
}
