"use client";

import { CircleCheck, MousePointerClick } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** The place of the alert beside the list while none is open. */
export function NothingOpen({
  some,
  done,
}: {
  /** There are rows to choose from. */
  some: boolean;
  /** Some were decided upon before. */
  done: boolean;
}) {
  const t = useTranslations("alerts.queue");
  if (some) {
    return (
      <EmptyState icon={<MousePointerClick aria-hidden />} title={t("waits.title")}>
        {t("waits.body")}
      </EmptyState>
    );
  }
  // The list itself says why it is empty.
  if (!done) return null;
  return (
    <EmptyState icon={<CircleCheck aria-hidden />} title={t("allDone.title")}>
      {t("allDone.body")}
    </EmptyState>
  );
}
