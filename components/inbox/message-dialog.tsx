"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  replayMessageAction,
  setAsideMessageAction,
} from "#app/(console)/suppliers/inbox/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { MessageReason } from "#components/inbox/message-reason.tsx";
import { TOUCHED } from "#components/inbox/touched.ts";
import { Notice } from "#components/ui/notice.tsx";
import { SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

export type MessageAct = "replay" | "set_aside";

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
      <MessageReason reason={reason} onChange={setReason} isMissed={tried && isShort} />
      {notNow && (
        <Notice tone="look" live>
          {t("notNow")}
        </Notice>
      )}
    </ActDialog>
  );
}
