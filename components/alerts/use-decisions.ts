"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  type Decision,
  type DecisionKind,
  type DecisionTarget,
  type DialogKind,
  decisionFits,
  settles,
} from "#components/alerts/decision.ts";
import { nextAlert } from "#components/alerts/next-alert.ts";
import { matchingOf } from "#components/alerts/queue-filter.ts";
import { isListUnderPointer } from "#components/alerts/queue-list.tsx";
import type { Decide } from "#components/alerts/use-decide.ts";
import type { QueueList } from "#components/alerts/use-queue-list.ts";
import type { useSelection } from "#components/alerts/use-selection.ts";
import { ACKNOWLEDGED_FOR_MS } from "#lib/alerts/alert-policy.ts";
import { ALERT_STATES, type AlertRow, type AlertState } from "#lib/alerts/types.ts";

/** What is decided upon: the selection where there is one, else the open alert. */
type Meant = { target: DecisionTarget; count: number; states: AlertState[]; ids: string[] };

export type Asking = { kind: DialogKind; meant: Meant };

/** Takes a key or a button for what it means, and goes on to the next alert. */
export function useDecisions({
  queue: { list, rows, total, control },
  selection,
  deciding,
  openId,
  open,
  me,
}: {
  queue: QueueList;
  selection: ReturnType<typeof useSelection>;
  deciding: Decide;
  openId: string | null;
  open: (id: string | null) => void;
  /** The id of whoever decides. */
  me: string;
}) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Asking | null>(null);

  function seen(id: string): AlertRow | undefined {
    // What stands beside the list is what the person goes by.
    return queries.getQueryData<AlertRow>(["alert", id]) ?? rows.find((row) => row.id === id);
  }

  function meant(): Meant | null {
    const { allUpTo, ids } = selection;
    if (allUpTo !== null) {
      const { states } = control.filter;
      const target = { matching: matchingOf(control.filter), upTo: allUpTo };
      return {
        target,
        count: total,
        states: states.length > 0 ? states : [...ALERT_STATES],
        ids: rows.map(({ id }) => id),
      };
    }
    return ids.size > 0 ? ofRows(rows.filter(({ id }) => ids.has(id))) : openOne();
  }

  function openOne(): Meant | null {
    const row = seen(openId ?? "");
    return ofRows(row ? [row] : []);
  }

  /** Goes on first: nobody waits for the server to see the next one. */
  function leave(decision: Decision, { ids }: Meant): void {
    if (settles(decision.kind) && openId && ids.includes(openId)) {
      open(nextAlert(rows, openId, new Set(ids)));
    }
    selection.clear();
    // The row that had the focus is gone without a word.
    if (!isListUnderPointer()) list.attend(false);
  }

  function run(decision: Decision, what: Meant): void {
    leave(decision, what);
    void deciding.decide(decision, what.target);
  }

  function putBack(what: Meant): void {
    const { target } = what;
    if ("matching" in target) {
      const resolved = what.states.every((state) => state === "resolved");
      run({ kind: resolved ? "reopen" : "wake" }, what);
      return;
    }
    const known = what.ids.map(seen).filter((row) => row !== undefined);
    for (const kind of ["wake", "reopen"] as const) {
      const of = known.filter(({ state }) =>
        kind === "reopen" ? state === "resolved" : state === "acknowledged" || state === "snoozed",
      );
      const part = ofRows(of);
      if (part) run({ kind }, part);
    }
  }

  function decide(kind: DecisionKind, what = meant()): void {
    if (!what?.states.some((state) => decisionFits(kind, state))) return;
    switch (kind) {
      case "acknowledge":
        run({ kind, forMs: ACKNOWLEDGED_FOR_MS }, what);
        break;
      case "assign_me":
        run({ kind: "assign", assigneeId: me }, what);
        break;
      case "put_back":
        putBack(what);
        break;
      case "acknowledge_for":
      case "snooze":
      case "assign":
      case "resolve":
      case "note":
        deciding.act.clear();
        setAsking({ kind, meant: what });
    }
  }

  return {
    asking,
    decide: (kind: DecisionKind) => decide(kind),
    /** What is pressed beside the open alert means that one, whatever is selected in the list. */
    decideOpen: (kind: DecisionKind) => decide(kind, openOne()),
    states: meant()?.states ?? [],
    close: () => setAsking(null),
    submit: async (decision: Decision) => {
      if (!asking) return;
      if (!(await deciding.decideInDialog(decision, asking.meant.target))) return;
      setAsking(null);
      leave(decision, asking.meant);
    },
    undo: () => {
      const { outcome } = deciding;
      const undo = outcome?.type === "decided" ? outcome.undo : null;
      if (!undo) return;
      const [first] = undo.alerts;
      void deciding.decide(undo.decision, { alerts: undo.alerts });
      if (first && undo.alerts.length === 1) open(first.id);
    },
  };
}

function ofRows(rows: readonly AlertRow[]): Meant | null {
  if (rows.length === 0) return null;
  return {
    target: { alerts: rows.map(({ id, version, occurrences }) => ({ id, version, occurrences })) },
    count: rows.length,
    states: [...new Set(rows.map(({ state }) => state))],
    ids: rows.map(({ id }) => id),
  };
}
