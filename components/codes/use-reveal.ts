"use client";

import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { revealCodeAction } from "#app/(console)/codes/reveal-actions.ts";
import { type Proof, useProof } from "#components/access/use-proof.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";
import type { RevealedCode } from "#lib/codes/reveal-code.ts";

/** What the dialog says of a code that it opens. */
export type Revealable = { id: string; mask: string };

export type RevealProblem =
  | Failure
  /** The person has revealed as many as an hour allows. */
  | { code: "capped"; limit: number; freeAt: string };

export type Reveal =
  | { kind: "none" }
  /** The dialog is open and asks why. */
  | { kind: "asking"; code: Revealable; busy: boolean; problem: RevealProblem | null }
  | { kind: "shown"; code: Revealable; plain: RevealedCode };

export type RevealControl = {
  reveal: Reveal;
  /** What was said last on this page: one customer's codes are asked for with one reason. */
  lastReason: string;
  /** The password dialog, for when the server wants one. */
  proof: Proof;
  ask: (code: Revealable) => void;
  open: (reason: string) => Promise<void>;
  /** Closes the dialog; a code that is shown stays. */
  cancel: () => void;
  hide: () => void;
};

/**
 * Shows one code at a time, for a reason. Its text lives in this component's memory alone and leaves it when
 * it is hidden, when another one is asked for, when the tab is hidden or left, and with the page.
 */
export function useReveal(): RevealControl {
  const [reveal, setReveal] = useState<Reveal>({ kind: "none" });
  const [lastReason, setLastReason] = useState("");
  const { withProof, proof } = useProof();
  /** Grows with every asking and hiding: an answer that comes after that is not wanted any more. */
  const turn = useRef(0);

  function become(next: Reveal): void {
    turn.current += 1;
    setReveal(next);
  }

  async function open(reason: string): Promise<void> {
    if (reveal.kind !== "asking" || reveal.busy) return;
    const { code } = reveal;
    become({ ...reveal, busy: true, problem: null });
    setLastReason(reason);
    const mine = turn.current;
    const next = await ask(code, () => withProof(() => revealCodeAction(code.id, reason)));
    if (turn.current !== mine) return;
    // Nobody is looking at the screen that it would be shown on.
    const unseen = next.kind === "shown" && document.visibilityState === "hidden";
    become(unseen ? { kind: "none" } : next);
  }

  useEffect(() => {
    function forget() {
      turn.current += 1;
      // Now, and not in the page that the browser may keep to go back to.
      flushSync(() => setReveal({ kind: "none" }));
    }
    function leave() {
      if (document.visibilityState !== "hidden") return;
      // Who asks may look something up elsewhere: a password, a customer's words.
      setReveal((now) => (now.kind === "shown" ? { kind: "none" } : now));
    }
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("pagehide", forget);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", forget);
      turn.current += 1;
    };
  }, []);
  return {
    reveal,
    lastReason,
    proof,
    ask: (code) => become({ kind: "asking", code, busy: false, problem: null }),
    open,
    // A dialog's closing is told late: by then its code may be on the screen.
    cancel: () => setReveal((now) => (now.kind === "asking" && !now.busy ? { kind: "none" } : now)),
    hide: () => become({ kind: "none" }),
  };
}

async function ask(
  code: Revealable,
  act: () => ReturnType<typeof revealCodeAction>,
): Promise<Reveal> {
  const failed = (problem: RevealProblem | null): Reveal => ({
    kind: "asking",
    code,
    busy: false,
    problem,
  });
  try {
    const answer = await act();
    // Whoever closed the password dialog knows why nothing is shown.
    if (!answer.ok) return failed(answer.problem.code === "proof_needed" ? null : answer.problem);
    const { value } = answer;
    if (value.kind === "shown") return { kind: "shown", code, plain: value.code };
    return failed({ code: "capped", limit: value.limit, freeAt: value.freeAt });
  } catch {
    return failed(unreachable);
  }
}
