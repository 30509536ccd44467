"use client";

import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { PauseDialog } from "#components/supplier-settings/pause-dialog.tsx";
import { ResumeDialog } from "#components/supplier-settings/resume-dialog.tsx";
import { RotateDialog } from "#components/supplier-settings/rotate-dialog.tsx";
import type { SecretView } from "#lib/suppliers/room-types.ts";

export type AccountQuestion =
  | { kind: "pause" }
  | { kind: "resume"; what: "ordering" | "polling" }
  | { kind: "rotate"; secret: SecretView };

/** The dialogs of an account's page. */
export function AccountDialog({
  question,
  account,
  onClose,
}: {
  question: AccountQuestion;
  account: AccountView;
  onClose: () => void;
}) {
  switch (question.kind) {
    case "pause":
      return <PauseDialog account={account} onClose={onClose} />;
    case "resume":
      return <ResumeDialog account={account} what={question.what} onClose={onClose} />;
    case "rotate":
      return <RotateDialog account={account} secret={question.secret} onClose={onClose} />;
  }
}
