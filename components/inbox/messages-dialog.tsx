"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  replayMessagesAction,
  setAsideMessagesAction,
} from "#app/(console)/suppliers/inbox/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { useReason } from "#components/acts/use-reason.tsx";
import type { MessageAct } from "#components/inbox/message-dialog.tsx";
import { TOUCHED } from "#components/inbox/touched.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { DealtWithMany, InboxFilter } from "#lib/inbound/types.ts";

/** The same as `MessageDialog` for all in trouble that match; it stays open while more of them are left. */
export function MessagesDialog({
  act: what,
  matching,
  upTo,
  seenAt,
  onClose,
}: {
  act: MessageAct;
  matching: InboxFilter;
  /** The newest of them when it was asked for. */
  upTo: string;
  /** When they were read. */
  seenAt: string;
  onClose: () => void;
}) {
  // i18n-use: inbox.replayAll.*
  // i18n-use: inbox.setAsideAll.*
  const t = useTranslations(what === "replay" ? "inbox.replayAll" : "inbox.setAsideAll");
  const words = useTranslations("inbox");
  const act = useAct(TOUCHED);
  const reason = useReason("inbox.reason");
  const [dealt, setDealt] = useState<DealtWithMany | null>(null);
  async function submit() {
    const why = reason.take();
    if (!why) return;
    const action = what === "replay" ? replayMessagesAction : setAsideMessagesAction;
    const asked = { matching, upTo, seenAt, reason: why };
    const answer = await act.run(() => action(asked));
    if (answer?.left === 0) onClose();
    else if (answer) setDealt(answer);
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
      {dealt && (
        <Notice tone="look" live>
          {words("someLeft", dealt)}
        </Notice>
      )}
    </ActDialog>
  );
}
