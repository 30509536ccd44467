"use client";

import {
  CloseComplaintDialog,
  ComplainDialog,
  MarkBadDialog,
} from "#components/codes/bad-dialogs.tsx";
import type { CodeQuestion } from "#components/codes/code-question.ts";
import { CorrectExpiryDialog } from "#components/codes/correct-expiry-dialog.tsx";
import { HandOutDialog } from "#components/codes/hand-out-dialog.tsx";
import { RenewLinkDialog } from "#components/codes/renew-link-dialog.tsx";
import {
  ReleaseDialog,
  ReserveDialog,
  RevokeLinkDialog,
  UnmarkDialog,
} from "#components/codes/simple-dialogs.tsx";
import type { CodeDetail } from "#lib/codes/types.ts";

/** The dialogs of a code's page. */
export function CodeDialog({
  question,
  code,
  onClose,
}: {
  question: CodeQuestion;
  code: CodeDetail;
  onClose: () => void;
}) {
  const { id: codeId, productName: name, customerRef, available, windows } = code;
  switch (question.kind) {
    case "hand_out":
      return (
        <HandOutDialog
          giving={{ kind: "codes", codeIds: [codeId], name, customerRef }}
          mayReveal={code.may.reveal}
          onClose={onClose}
        />
      );
    case "replace":
      return (
        <HandOutDialog
          giving={{ kind: "replace", codeId, name, available, customerRef: customerRef ?? "" }}
          mayReveal={code.may.reveal}
          onClose={onClose}
        />
      );
    case "reserve":
      return <ReserveDialog codeId={codeId} onClose={onClose} />;
    case "release":
      return <ReleaseDialog codeId={codeId} onClose={onClose} />;
    case "mark_bad":
      return <MarkBadDialog codeId={codeId} windows={windows} onClose={onClose} />;
    case "unmark":
      return <UnmarkDialog codeId={codeId} onClose={onClose} />;
    case "correct_expiry":
      return <CorrectExpiryDialog code={code} onClose={onClose} />;
    case "complain":
      return windows && <ComplainDialog codeId={codeId} windows={windows} onClose={onClose} />;
    case "close_complaint":
      return <CloseComplaintDialog complaintId={question.complaint.id} onClose={onClose} />;
    case "renew_link":
      return <RenewLinkDialog handOutId={question.id} onClose={onClose} />;
    case "revoke_link":
      return <RevokeLinkDialog linkId={question.id} onClose={onClose} />;
  }
}
