"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { Act } from "#components/acts/use-act.ts";
import { useReason } from "#components/acts/use-reason.tsx";

/** Asks why an amount is accepted as it is, or a top-up voided, and does it. */
export function ReasonDialog({
  words,
  amount,
  danger = false,
  act,
  onSubmit,
  onClose,
}: {
  words: "balance.accept" | "balance.voidTopUp";
  /** With its currency. */
  amount: string;
  danger?: boolean;
  act: Act;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations(words);
  const reason = useReason(words);
  return (
    <ActDialog
      words="balance"
      title={t("title", { amount })}
      description={t("body")}
      verb={t("verb")}
      {...{ danger, act, onClose }}
      onSubmit={() => {
        const why = reason.take();
        if (why) onSubmit(why);
      }}
    >
      {reason.field}
    </ActDialog>
  );
}
