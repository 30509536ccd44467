"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import {
  restoreRunbookAction,
  saveRunbookAction,
} from "#app/(console)/settings/runbooks/actions.ts";
import { type Act, useAct } from "#components/acts/use-act.ts";
import { useLeaveGuard } from "#components/ui/use-leave-guard.ts";
import type { AlertKind } from "#lib/alerts/alert-policy.ts";
import { problemsOf } from "#lib/alerts/runbooks/buttons.ts";
import type { RunbookLocale, RunbookProblem, RunbookView } from "#lib/alerts/runbooks/types.ts";

/** Reads that show a runbook. */
const TOUCHED = [["runbook"]];

export type RunbookDraft = {
  /** As it is kept, as far as this page knows. */
  stored: RunbookView;
  text: string;
  isChanged: boolean;
  /** Somebody else changed it since this one was begun. */
  isOvertaken: boolean;
  problems: readonly RunbookProblem[];
  isSaved: boolean;
  act: Act;
  write: (text: string) => void;
  discard: () => void;
  save: () => Promise<void>;
  /** Answers whether it was done. */
  restore: () => Promise<boolean>;
};

/**
 * One runbook in one language, being written. What somebody else wrote meanwhile is shown, never written
 * over unseen, and never costs the text that is being written here.
 */
export function useRunbook(
  kind: AlertKind,
  locale: RunbookLocale,
  fromServer: RunbookView,
): RunbookDraft {
  const router = useRouter();
  const act = useAct(TOUCHED);
  const [answered, setAnswered] = useState(fromServer);
  const [draft, setDraft] = useState<{ text: string; on: number } | null>(null);
  const [isSaved, setSaved] = useState(false);
  const stored = fromServer.version > answered.version ? fromServer : answered;
  const text = draft?.text ?? stored.markdown;
  const isChanged = draft !== null && text.trim() !== stored.markdown;
  const problems = isChanged ? problemsOf(kind, text.trim()) : [];
  useLeaveGuard(isChanged);

  const lost = act.failure?.code === "conflict";
  // What came in between is fetched, so that it can be looked at.
  useEffect(() => {
    if (lost) router.refresh();
  }, [lost, router]);

  function settle(runbook: RunbookView) {
    setAnswered(runbook);
    setDraft(null);
    setSaved(true);
    // The list, and this page when it is come back to.
    router.refresh();
  }
  return {
    ...{ stored, text, isChanged, problems, act },
    isOvertaken: draft !== null && draft.on < stored.version,
    isSaved: isSaved && !isChanged,
    write: (to) => setDraft({ text: to, on: draft?.on ?? stored.version }),
    discard: () => {
      setDraft(null);
      act.clear();
    },
    save: async () => {
      if (!isChanged || problems.length > 0) return;
      const { version } = stored;
      const name = { kind, locale, version };
      const answer = await act.run(() => saveRunbookAction({ ...name, markdown: text }));
      if (answer?.kind === "saved") settle(answer.runbook);
    },
    restore: async () => {
      const { version } = stored;
      const restored = await act.run(() => restoreRunbookAction({ kind, locale, version }));
      if (restored) settle(restored);
      return restored !== null;
    },
  };
}
