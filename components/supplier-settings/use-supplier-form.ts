"use client";

import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { testSupplierDraftAction } from "#app/(console)/settings/suppliers/actions.ts";
import type { Act } from "#components/acts/use-act.ts";
import {
  inputOf,
  placeOf,
  type SupplierDraft,
} from "#components/supplier-settings/supplier-draft.ts";
import { useAccountAct } from "#components/supplier-settings/use-account-act.ts";
import { useProblemText } from "#components/supplier-settings/use-problem-text.ts";
import type { NewSupplier, SupplierProblem, TriedConnection } from "#lib/suppliers/room-types.ts";

type NotDone =
  | { kind: "invalid"; problems: SupplierProblem[] }
  | { kind: "unusable"; tried: TriedConnection };

export type SupplierForm = {
  draft: SupplierDraft;
  change: (draft: SupplierDraft) => void;
  problems: readonly SupplierProblem[];
  /** What is wrong at no field of the form. */
  unplaced: string[];
  /** What is wrong with a field, in words. */
  errorAt: (place: string) => string | undefined;
  act: Act;
  /** What came of the last call; `isUnsaved` where it kept the form from being saved. */
  outcome: { tried: TriedConnection; isUnsaved: boolean } | null;
  trying: boolean;
  attempts: number;
  save: () => Promise<void>;
  tryOut: () => Promise<void>;
};

/** An account's form: what is typed, what is wrong with it, what came of it. */
export function useSupplierForm<Done extends { kind: string }>({
  initial,
  id,
  save,
  onSaved,
}: {
  initial: SupplierDraft;
  /** Null of a new one. */
  id: string | null;
  save: (input: NewSupplier) => Promise<ActionResult<Done | NotDone>>;
  onSaved: (done: Done) => void;
}): SupplierForm {
  const act = useAccountAct();
  const textOf = useProblemText();
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<SupplierProblem[]>([]);
  const [outcome, setOutcome] = useState<SupplierForm["outcome"]>(null);
  const [trying, setTrying] = useState(false);
  const [attempts, setAttempts] = useState(0);

  /** Begins anew, and answers the input if it can be sent at all. */
  function begin(): NewSupplier | null {
    setAttempts((count) => count + 1);
    setOutcome(null);
    act.clear();
    const input = inputOf(draft);
    setProblems(Array.isArray(input) ? input : []);
    return Array.isArray(input) ? null : input;
  }

  return {
    draft,
    change: setDraft,
    problems,
    unplaced: problems
      .filter(({ path }) => placeOf(draft, path) === null)
      .map(({ path, code }) => `${path}: ${textOf(code)}`),
    errorAt(place) {
      const found = problems.find(({ path }) => placeOf(draft, path) === place);
      return found && textOf(found.code);
    },
    act,
    outcome,
    trying,
    attempts,
    async save() {
      const input = begin();
      if (!input) return;
      const answer = await act.run(() => save(input));
      if (answer === null) return;
      if (answer.kind === "invalid")
        setProblems((answer as NotDone & { kind: "invalid" }).problems);
      else if (answer.kind === "unusable") {
        const { tried } = answer as NotDone & { kind: "unusable" };
        setOutcome({ tried, isUnsaved: true });
      } else onSaved(answer as Done);
    },
    async tryOut() {
      const input = begin();
      if (!input) return;
      setTrying(true);
      const wish = { ...input, ...(id === null ? {} : { id }) };
      const answer = await act.run(() => testSupplierDraftAction(wish));
      setTrying(false);
      if (answer?.kind === "invalid") setProblems(answer.problems);
      else if (answer) setOutcome({ tried: answer.tried, isUnsaved: false });
    },
  };
}
