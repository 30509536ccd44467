"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  replayMessageAction,
  setAsideMessageAction,
} from "#app/(console)/suppliers/inbox/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { useReason } from "#components/acts/use-reason.tsx";
import { TOUCHED } from "#components/inbox/touched.ts";
import { Notice } from "#components/ui/notice.tsx";

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
  const reason = useReason("inbox.reason");
  const [notNow, setNotNow] = useState(false);
  async function submit() {
    setNotNow(false);
    const why = reason.take();
    if (!why) return;
    const action = what === "replay" ? replayMessageAction : setAsideMessageAction;
    const answer = await act.run(() => action(id, why));
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
      {reason.field}
      {notNow && (
        <Notice tone="look" live>
          {t("notNow")}
        </Notice>
      )}
    </ActDialog>
  );
}
