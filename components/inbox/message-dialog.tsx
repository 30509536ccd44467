"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  replayMessageAction,
  setAsideMessageAction,
} from "#app/(console)/suppliers/inbox/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { Field } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

export type MessageAct = "replay" | "set_aside";

const TOUCHED = [
  ["inbox"],
  ["inbox_message"],
  ["supplier_accounts"],
  ["supplier_account"],
  ["shell"],
];

/** Has a message worked on once more, or says that nothing is to come of it; with a reason. */
export function MessageDialog({
  act: what,
  id,
  onClose,
}: {
  act: MessageAct;
  id: string;
  onClose: () => void;
}) {
  // i18n-use: inbox.replay.*
  // i18n-use: inbox.setAside.*
  const t = useTranslations(what === "replay" ? "inbox.replay" : "inbox.setAside");
  const reasons = useTranslations("inbox.reason");
  const act = useAct(TOUCHED);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [notNow, setNotNow] = useState(false);
  const isShort = reason.trim().length < SHORTEST_REASON;
  async function submit() {
    setTried(true);
    setNotNow(false);
    if (isShort) return;
    const action = what === "replay" ? replayMessageAction : setAsideMessageAction;
    const answer = await act.run(() => action(id, reason.trim()));
    if (answer?.kind === "done") onClose();
    else if (answer) setNotNow(true);
  }
  return (
    <ActDialog
      words="inbox"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={reasons("label")}
        hint={reasons("hint")}
        error={tried && isShort && reasons("short", { shortest: SHORTEST_REASON })}
        required
      >
        {(control) => (
          <Textarea
            {...control}
            data-autofocus
            rows={2}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      {notNow && (
        <Notice tone="look" live>
          {t("notNow")}
        </Notice>
      )}
    </ActDialog>
  );
}
