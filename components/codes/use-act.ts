"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { type Proof, useProof } from "#components/access/use-proof.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";

/** Reads that any move of a code makes old. */
const TOUCHED: readonly QueryKey[] = [["codes"], ["stock"], ["code"], ["complaints"], ["order"]];

export type Act = {
  busy: boolean;
  failure: Failure | null;
  proof: Proof;
  /** Answers what the action did, or null where `failure` says why it did nothing. */
  run: <T>(act: () => Promise<ActionResult<T>>) => Promise<T | null>;
};

/** Runs an action on codes, with the password asked for where it wants one. */
export function useAct(): Act {
  const queries = useQueryClient();
  const { withProof, proof } = useProof();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run<T>(act: () => Promise<ActionResult<T>>): Promise<T | null> {
    if (busy) return null;
    setBusy(true);
    setFailure(null);
    const answer = await withProof(act).catch(() => null);
    setBusy(false);
    for (const queryKey of TOUCHED) void queries.invalidateQueries({ queryKey });
    if (answer?.ok) return answer.value;
    // Whoever closed the password dialog knows why nothing was done.
    const problem = answer?.problem ?? unreachable;
    setFailure(problem.code === "proof_needed" ? null : problem);
    return null;
  }
  return { busy, failure, proof, run };
}
