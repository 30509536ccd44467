"use client";

import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { notePressedAction } from "#app/(console)/alerts/actions.ts";
import { lookNowAction } from "#app/(console)/orders/actions.ts";
import { enableEndpointAction } from "#app/(console)/settings/endpoints/actions.ts";
import { type Act, useAct } from "#components/acts/use-act.ts";
import { type Hindrance, hindranceOf } from "#components/alerts/action-hindrance.ts";
import { isLink } from "#components/alerts/action-links.ts";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { EVIDENCE_ID } from "#components/alerts/detail-order.tsx";
import type { AlertAction } from "#lib/alerts/alert-policy.ts";
import type { AlertView } from "#lib/alerts/types.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

/** Those that ask for something first, in a dialog. */
export type AskedAction = Extract<
  AlertAction,
  "call_off" | "replace" | "resend_notices" | "dossier" | "record_top_up" | "open_person"
>;

/** What was done at once, and has nothing of its own to show. */
export type SaidAction = Extract<AlertAction, "look_now" | "pay" | "enable_endpoint">;

export type Actions = {
  hindrance: (action: AlertAction) => Hindrance | null;
  press: (action: AlertAction) => void;
  /** The one that is being done. */
  busy: AlertAction | null;
  said: SaidAction | null;
  act: Act;
  asked: AskedAction | null;
  close: () => void;
};

const TOUCHED = [["alert"], ["alerts"], ["order"], ["orders"], ["endpoint"], ["endpoints"]];

/**
 * What the buttons of a runbook do: the verbs of the rooms that they belong to, upon what the alert is about.
 * @param order of a group the chosen one; null where there is none, or it isn't read yet
 */
export function useActions(
  alert: AlertView,
  order: OrderPageView | null,
  onDecide: ((kind: DecisionKind) => void) | undefined,
): Actions {
  const act = useAct(TOUCHED);
  const [doing, setDoing] = useState<AlertAction | null>(null);
  const [said, setSaid] = useState<SaidAction | null>(null);
  const [asked, setAsked] = useState<AskedAction | null>(null);

  async function doNow(action: SaidAction, run: () => Promise<ActionResult<null>>): Promise<void> {
    setDoing(action);
    setSaid(null);
    // What is done answers nothing; null is what was not done.
    const done = await act.run(async () => {
      const answer = await run();
      return answer.ok ? { ok: true as const, value: true } : answer;
    });
    setDoing(null);
    if (done) setSaid(action);
  }

  function start(action: AlertAction): void {
    // Links lead there by themselves.
    if (isLink(action)) return;
    switch (action) {
      case "look_now":
      case "pay":
        if (order) void doNow(action, () => lookNowAction(order.id));
        return;
      case "enable_endpoint":
        void doNow(action, () => enableEndpointAction(alert.subject));
        return;
      case "adopt": {
        const evidence = document.getElementById(EVIDENCE_ID);
        evidence?.scrollIntoView({ block: "start" });
        evidence?.focus({ preventScroll: true });
        return;
      }
      case "call_off":
      case "replace":
      case "resend_notices":
      case "dossier":
      case "record_top_up":
      case "open_person":
        setSaid(null);
        setAsked(action);
        return;
      case "mark_handled":
        onDecide?.("resolve");
        return;
    }
  }

  return {
    hindrance: (action) => hindranceOf(action, alert, order, onDecide !== undefined),
    press(action) {
      if (act.busy) return;
      start(action);
      // A resolution stands in the history as itself.
      if (alert.mayAct && action !== "mark_handled")
        void notePressed(alert.id, action, order?.id ?? null);
    },
    busy: doing,
    said,
    act,
    asked,
    close: () => setAsked(null),
  };
}

/** What was pressed is told to the next one who reads the history; that it couldn't be must not hinder the doing. */
async function notePressed(id: string, action: AlertAction, orderId: string | null): Promise<void> {
  await notePressedAction(id, action, orderId).catch(() => undefined);
}
