"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { DecisionDialogProps } from "#components/alerts/decision-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** What it mostly was: one press writes the reason, which can still be changed. */
const USUAL_REASONS = ["solved", "supplier", "customer", "harmless"] as const;

/** It is dealt with, and why. */
export function ResolveDialog({ count, act, onSubmit, onClose }: DecisionDialogProps) {
  const t = useTranslations("alerts.decision");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const reason = typed.trim();
  const isShort = reason.length < SHORTEST_REASON;
  return (
    <ActDialog
      words="alerts"
      title={t("resolve.title", { count })}
      description={t("resolve.body")}
      verb={t("resolve.verb")}
      act={act}
      onSubmit={() => {
        setTried(true);
        if (!isShort) onSubmit({ kind: "resolve", reason });
      }}
      onClose={onClose}
    >
      <Field
        label={t("resolve.reason")}
        error={tried && isShort && t("resolve.short", { shortest: SHORTEST_REASON })}
        required
      >
        {(control) => (
          <Input
            {...control}
            ref={field}
            data-autofocus
            autoComplete="off"
            maxLength={LONGEST_REASON}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Field>
      <div className="-mt-2 flex flex-wrap gap-1.5">
        {USUAL_REASONS.map((usual) => (
          <Button
            key={usual}
            size="sm"
            onClick={() => {
              setTyped(t(`resolve.usual.${usual}`));
              field.current?.focus();
            }}
          >
            {t(`resolve.usual.${usual}`)}
          </Button>
        ))}
      </div>
    </ActDialog>
  );
}
