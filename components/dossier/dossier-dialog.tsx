"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { makeDossierAction } from "#app/(console)/orders/dossier-actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { DossierMail } from "#components/dossier/dossier-mail.tsx";
import { DossierText } from "#components/dossier/dossier-text.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { DossiersView } from "#lib/alerts/dossier/types.ts";

/** What the supplier's support desk may know of an order: made by opening it, to be copied or mailed. */
export function DossierDialog({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = useTranslations("dossier");
  const format = useFormatter();
  const act = useAct([["order", orderId, "dossiers"]]);
  const [chosen, setChosen] = useState<string | null>(null);
  const isMade = useRef(false);
  const live = useLive<DossiersView>({
    key: ["order", orderId, "dossiers"],
    path: `/api/live/orders/${orderId}/dossiers`,
    initial: undefined,
  });
  const view = live.data;

  async function make(): Promise<void> {
    const made = await act.run(() => makeDossierAction(orderId));
    if (made) setChosen(made.id);
  }
  useEffect(() => {
    // One press is enough; an earlier one tells of an earlier state.
    if (!view?.may.make || isMade.current) return;
    isMade.current = true;
    void make();
  });

  const shown = view?.rows.find(({ id }) => id === chosen) ?? (act.busy ? null : view?.rows[0]);
  return (
    <Dialog
      open
      size="lg"
      title={t("title")}
      description={t("body")}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          {view?.may.make && (
            <Button busy={act.busy} onClick={() => void make()}>
              {t("again")}
            </Button>
          )}
          <Button variant="primary" data-autofocus onClick={onClose}>
            {t("close")}
          </Button>
        </>
      }
    >
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {act.failure && <ActProblem failure={act.failure} words="dossier" />}
      {view && view.rows.length > 1 && shown && (
        <Field label={t("which")}>
          {(control) => (
            <Select
              {...control}
              value={shown.id}
              options={view.rows.map(({ id, createdAt, madeBy, mailedTo }) => ({
                value: id,
                label: `${format.dateTime(new Date(createdAt), "exact")} · ${madeBy}${mailedTo ? ` · ${mailedTo}` : ""}`,
              }))}
              onChange={({ target }) => setChosen(target.value)}
            />
          )}
        </Field>
      )}
      {shown && <DossierText dossier={shown} />}
      {shown && view && (
        <DossierMail key={shown.id} dossier={shown} view={view} orderId={orderId} />
      )}
      {!shown && (act.busy || !view) && !live.error && (
        <p role="status" className="flex items-center gap-2 text-ink-2">
          <Spinner /> {t("making")}
        </p>
      )}
      {!shown && view && !act.busy && <p className="text-ink-2">{t("none")}</p>}
    </Dialog>
  );
}
