"use client";

import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";

/** What the password dialog needs to know; see `ProofDialog`. */
export type Proof = { asking: boolean; settle: (proved: boolean) => void };

export type ProofControl = {
  /**
   * Runs an action; where it wants a proof of who is there, asks for the password and runs it again. Whoever
   * doesn't give it gets `proof_needed` back.
   */
  withProof: <T>(act: () => Promise<ActionResult<T>>) => Promise<ActionResult<T>>;
  proof: Proof;
};

/** For acts that show a code: the server wants a password that was given within the last minutes. */
export function useProof(): ProofControl {
  const [settle, setSettle] = useState<((proved: boolean) => void) | null>(null);

  async function withProof<T>(act: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
    const answer = await act();
    if (answer.ok || answer.problem.code !== "proof_needed") return answer;
    const proved = await new Promise<boolean>((resolve) => setSettle(() => resolve));
    setSettle(null);
    return proved ? act() : answer;
  }
  return { withProof, proof: { asking: settle !== null, settle: settle ?? (() => undefined) } };
}
