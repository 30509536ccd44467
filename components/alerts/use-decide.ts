"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { decideAction } from "#app/(console)/alerts/actions.ts";
import { type Act, useAct } from "#components/acts/use-act.ts";
import { type Decision, type DecisionTarget, settles } from "#components/alerts/decision.ts";
import { isWell, type Outcome, undoOf } from "#components/alerts/outcome.ts";
import { unreachable } from "#components/orders/failure.ts";
import type { AlertRef, AlertsDecided } from "#lib/alerts/types.ts";

/** Reads that any decision makes old. */
const TOUCHED = [["alerts"], ["alert"], ["alert_counts"], ["shell"], ["overview"], ["order"]];

export type Decide = {
  /** Alerts that were decided upon, each with the version as it was then: the list leaves those out. */
  taken: ReadonlyMap<string, number>;
  outcome: Outcome | null;
  dismiss: () => void;
  /** Of a dialog; it stays open while this is busy. */
  act: Act;
  /** At once: what it is about is off the desk before the server has answered, and back if it refuses. */
  decide: (decision: Decision, target: DecisionTarget) => Promise<void>;
  /** The same for a dialog, that keeps what was written until it is done. Answers whether it is. */
  decideInDialog: (decision: Decision, target: DecisionTarget) => Promise<boolean>;
};

/** What was decided upon is another version; a note is only written beside it. */
const isNewVersion = (kind: Decision["kind"]): boolean => kind !== "note";

const refsOf = (target: DecisionTarget): AlertRef[] => ("alerts" in target ? target.alerts : []);

/** Runs decisions. Several may be under way: nobody waits for one to press the next key. */
export function useDecide(): Decide {
  const queries = useQueryClient();
  const act = useAct(TOUCHED);
  const [taken, setTaken] = useState<ReadonlyMap<string, number>>(new Map());
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  // Of what was decided here, before a read has told of it: the next key may come before that.
  const own = useRef(new Map<string, number>());

  function asDecided(target: DecisionTarget): DecisionTarget {
    if (!("alerts" in target)) return target;
    const latest = ({ id, version }: AlertRef) => Math.max(version, own.current.get(id) ?? 0);
    return { alerts: target.alerts.map((ref) => ({ ...ref, version: latest(ref) })) };
  }

  function expect(kind: Decision["kind"], refs: readonly AlertRef[]): void {
    if (!isNewVersion(kind)) return;
    for (const { id, version } of refs) own.current.set(id, version + 1);
  }

  function forget(ids: readonly string[]): void {
    for (const id of ids) own.current.delete(id);
  }

  const take = (refs: readonly AlertRef[]) =>
    setTaken((now) => new Map([...now, ...refs.map(({ id, version }) => [id, version] as const)]));
  const giveBack = (ids: readonly string[]) =>
    setTaken((now) => new Map([...now].filter(([id]) => !ids.includes(id))));

  /** Who was too late is told so until he has read it, however fast he goes on. */
  const show = (next: Outcome | null) =>
    setOutcome((now) => (now && !isWell(now) && (!next || isWell(next)) ? now : next));

  function tell(decision: Decision, target: DecisionTarget, answer: AlertsDecided): void {
    const seen = refsOf(target);
    const lost = answer.lost.map(({ id }) => id);
    giveBack(lost);
    forget(lost);
    show({
      type: "decided",
      kind: decision.kind,
      undo: undoOf(decision.kind, seen, answer.done),
      ...answer,
    });
  }

  return {
    taken,
    outcome,
    dismiss: () => setOutcome(null),
    act,
    decide: async (decision, wanted) => {
      const target = asDecided(wanted);
      const seen = refsOf(target);
      expect(decision.kind, seen);
      if (settles(decision.kind)) take(seen);
      show(null);
      const answer = await decideAction({ decision, target }).catch(() => null);
      for (const queryKey of TOUCHED) void queries.invalidateQueries({ queryKey });
      if (answer?.ok) return tell(decision, target, answer.value);
      giveBack(seen.map(({ id }) => id));
      forget(seen.map(({ id }) => id));
      show({ type: "failed", failure: answer?.problem ?? unreachable });
    },
    decideInDialog: async (decision, wanted) => {
      const target = asDecided(wanted);
      const answer = await act.run(() => decideAction({ decision, target }));
      if (!answer) return false;
      expect(decision.kind, refsOf(target));
      if (settles(decision.kind)) take(refsOf(target));
      tell(decision, target, answer);
      return true;
    },
  };
}
