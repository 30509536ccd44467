"use client";

import { useEffect, useRef, useState } from "react";
import { revealCodeAction } from "#app/(console)/codes/actions.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";
import type { RevealedCode } from "#lib/codes/reveal-code.ts";

export type Reveal =
  | { kind: "none" }
  | { kind: "asking"; codeId: string }
  | { kind: "shown"; codeId: string; code: RevealedCode }
  | { kind: "failed"; codeId: string; failure: Failure };

export type RevealControl = {
  reveal: Reveal;
  show: (codeId: string) => Promise<void>;
  hide: () => void;
};

/**
 * Shows one code at a time. Its text lives in this component's memory alone and leaves it when it is
 * hidden, when another one is asked for, when the tab is hidden or left, and with the page.
 */
export function useReveal(): RevealControl {
  const [reveal, setReveal] = useState<Reveal>({ kind: "none" });
  /** Grows with every asking and hiding: an answer that comes after that is not wanted any more. */
  const turn = useRef(0);

  const hide = () => {
    turn.current += 1;
    setReveal({ kind: "none" });
  };
  const show = async (codeId: string) => {
    turn.current += 1;
    const mine = turn.current;
    setReveal({ kind: "asking", codeId });
    let next: Reveal;
    try {
      const result = await revealCodeAction(codeId);
      next = result.ok
        ? { kind: "shown", codeId, code: result.value }
        : { kind: "failed", codeId, failure: result.problem };
    } catch {
      next = { kind: "failed", codeId, failure: unreachable };
    }
    if (turn.current === mine) setReveal(next);
  };

  useEffect(() => {
    function forget() {
      turn.current += 1;
      setReveal({ kind: "none" });
    }
    function leave() {
      if (document.visibilityState === "hidden") forget();
    }
    document.addEventListener("visibilitychange", leave);
    // The browser may keep the whole page to go back to.
    window.addEventListener("pagehide", forget);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", forget);
      turn.current += 1;
    };
  }, []);
  return { reveal, show, hide };
}
