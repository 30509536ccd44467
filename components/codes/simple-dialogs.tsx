"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import {
  releaseAction,
  reserveAction,
  revokeLinkAction,
  unmarkBadAction,
} from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { NeededTextField, useNeededText } from "#components/codes/text-field.tsx";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { LONGEST_CUSTOMER_REF } from "#lib/codes/hand-out-limits.ts";

/** For actions that answer nothing: so that "nothing" and "not done" differ. */
export async function done(act: Promise<ActionResult<unknown>>): Promise<ActionResult<true>> {
  const answer = await act;
  return answer.ok ? { ok: true, value: true } : answer;
}

type Props = { codeId: string; onClose: () => void };

/** Keeps a code for a customer. */
export function ReserveDialog({ codeId, onClose }: Props) {
  const t = useTranslations("inventory.reserve");
  const act = useCodeAct();
  const [customerRef, setCustomerRef] = useState("");
  const [tried, setTried] = useState(false);
  const [gone, setGone] = useState(false);
  async function submit() {
    setTried(true);
    const to = customerRef.trim();
    if (to === "") return;
    const answer = await act.run(() => reserveAction({ customerRef: to, codeIds: [codeId] }));
    if (answer?.kind === "reserved") onClose();
    else setGone(answer?.kind === "out_of_stock");
  }
  return (
    <ActDialog
      words="inventory"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t("customer")}
        error={tried && customerRef.trim() === "" && t("missing")}
        required
      >
        {(control) => (
          <Input
            {...control}
            data-autofocus
            autoComplete="off"
            maxLength={LONGEST_CUSTOMER_REF}
            value={customerRef}
            onChange={({ target }) => setCustomerRef(target.value)}
          />
        )}
      </Field>
      {gone && (
        <Notice tone="look" live>
          {t("gone")}
        </Notice>
      )}
    </ActDialog>
  );
}

/** Gives a reserved code back to the stock. */
export function ReleaseDialog({ codeId, onClose }: Props) {
  const t = useTranslations("inventory.release");
  const act = useCodeAct();
  const { field, take } = useNeededText();
  async function submit() {
    const reason = take();
    if (reason && (await act.run(() => done(releaseAction({ codeIds: [codeId], reason })))))
      onClose();
  }
  return (
    <ActDialog
      words="inventory"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <NeededTextField field={field} label={t("reason")} startHere />
    </ActDialog>
  );
}

/** Takes back that a code is bad. */
export function UnmarkDialog({ codeId, onClose }: Props) {
  const t = useTranslations("inventory.unmark");
  const act = useCodeAct();
  const { field, take } = useNeededText();
  async function submit() {
    const reason = take();
    if (reason && (await act.run(() => done(unmarkBadAction({ codeId, reason }))))) onClose();
  }
  return (
    <ActDialog
      words="inventory"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <NeededTextField field={field} label={t("reason")} startHere />
    </ActDialog>
  );
}

/** Takes a claim link back. */
export function RevokeLinkDialog({ linkId, onClose }: { linkId: string; onClose: () => void }) {
  const t = useTranslations("inventory.revokeLink");
  const act = useCodeAct();
  const [late, setLate] = useState(false);
  async function submit() {
    const answer = await act.run(() => revokeLinkAction(linkId));
    if (answer?.kind === "revoked") onClose();
    else setLate(answer?.kind === "too_late");
  }
  return (
    <ActDialog
      words="inventory"
      danger
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      {late && (
        <Notice tone="look" live>
          {t("late")}
        </Notice>
      )}
    </ActDialog>
  );
}
