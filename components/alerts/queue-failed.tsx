"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";

/** The queue could not be read, and there is nothing older to show. */
export function QueueFailed({
  reference,
  onRetry,
}: {
  reference: string | null;
  onRetry: () => void;
}) {
  const t = useTranslations("alerts.queue");
  const ui = useTranslations("ui");
  return (
    <ErrorState
      title={t("failed")}
      reference={reference}
      action={<Button onClick={onRetry}>{ui("error.retry")}</Button>}
    >
      {t("failedBody")}
    </ErrorState>
  );
}
