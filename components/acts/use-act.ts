"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { type Proof, useProof } from "#components/access/use-proof.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";

export type Act = {
  busy: boolean;
  failure: Failure | null;
  proof: Proof;
  /**
   * Answers what the action did, or null where `failure` says why it did nothing.
   * @param leaves what to read anew once it is done, where that is less: what is gone isn't read again
   */
  run: <T>(act: () => Promise<ActionResult<T>>, leaves?: readonly QueryKey[]) => Promise<T | null>;
  clear: () => void;
};

/**
 * Runs actions one at a time, with the password asked for where one wants it.
 * @param touched reads that any of them makes old, whatever came of it
 */
export function useAct(touched: readonly QueryKey[]): Act {
  const queries = useQueryClient();
  const { withProof, proof } = useProof();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run<T>(act: () => Promise<ActionResult<T>>, leaves = touched): Promise<T | null> {
    if (busy) return null;
    setBusy(true);
    setFailure(null);
    const answer = await withProof(act).catch(() => null);
    setBusy(false);
    for (const queryKey of answer?.ok ? leaves : touched) {
      void queries.invalidateQueries({ queryKey });
    }
    if (answer?.ok) return answer.value;
    // Whoever closed the password dialog knows why nothing was done.
    const problem = answer?.problem ?? unreachable;
    setFailure(problem.code === "proof_needed" ? null : problem);
    return null;
  }
  return { busy, failure, proof, run, clear: () => setFailure(null) };
}
