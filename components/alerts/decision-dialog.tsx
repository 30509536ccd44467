"use client";

import type { Act } from "#components/acts/use-act.ts";
import { AcknowledgeDialog } from "#components/alerts/acknowledge-dialog.tsx";
import { AssignDialog } from "#components/alerts/assign-dialog.tsx";
import type { Decision, DialogKind } from "#components/alerts/decision.ts";
import { NoteDialog } from "#components/alerts/note-dialog.tsx";
import { ResolveDialog } from "#components/alerts/resolve-dialog.tsx";
import { SnoozeDialog } from "#components/alerts/snooze-dialog.tsx";

export type DecisionDialogProps = {
  /** How many alerts it is about. */
  count: number;
  act: Act;
  onSubmit: (decision: Decision) => void;
  onClose: () => void;
};

/** Asks for what a decision needs: how long, who, why. Whoever opens it takes the decision. */
export function DecisionDialog({ kind, ...rest }: DecisionDialogProps & { kind: DialogKind }) {
  switch (kind) {
    case "acknowledge_for":
      return <AcknowledgeDialog {...rest} />;
    case "snooze":
      return <SnoozeDialog {...rest} />;
    case "assign":
      return <AssignDialog {...rest} />;
    case "resolve":
      return <ResolveDialog {...rest} />;
    case "note":
      return <NoteDialog {...rest} />;
  }
}
