"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import type { DecisionDialogProps } from "#components/alerts/decision-dialog.tsx";
import { useLive } from "#components/live/use-live.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextSkeleton } from "#components/ui/skeleton.tsx";

type Assignees = { rows: { id: string; name: string }[]; readAt: string };

/** Whose it is from now on; nobody's is a choice, too. */
export function AssignDialog({ count, act, onSubmit, onClose }: DecisionDialogProps) {
  const t = useTranslations("alerts.decision.assign");
  const { data, error } = useLive<Assignees>({
    key: ["alert_assignees"],
    path: "/api/live/alerts/assignees",
    initial: undefined,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const choices = useRef<HTMLDivElement>(null);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere) choices.current?.querySelector<HTMLElement>(":checked")?.focus();
  }, [isThere]);
  const first = data?.rows[0]?.id ?? "";
  const assigneeId = chosen ?? first;
  return (
    <ActDialog
      words="alerts"
      title={t("title", { count })}
      description={t("body")}
      verb={t("verb")}
      disabled={!data}
      act={act}
      onSubmit={() => onSubmit({ kind: "assign", assigneeId: assigneeId || null })}
      onClose={onClose}
    >
      {data ? (
        <div ref={choices} className="max-h-80 overflow-y-auto">
          <RadioGroup
            legend={t("who")}
            name="who"
            value={assigneeId}
            onValueChange={setChosen}
            options={[
              ...data.rows.map(({ id, name }) => ({ value: id, label: name })),
              { value: "", label: t("nobody") },
            ]}
          />
        </div>
      ) : error ? (
        <p role="alert" className="text-risk">
          {t("unread")}
        </p>
      ) : (
        <TextSkeleton lines={3} />
      )}
    </ActDialog>
  );
}
