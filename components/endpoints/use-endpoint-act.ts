"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { type Proof, useProof } from "#components/access/use-proof.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";

/** Reads that any change of an endpoint makes old. */
const TOUCHED: readonly QueryKey[] = [
  ["endpoints"],
  ["endpoint"],
  ["endpoint_health"],
  ["deliveries"],
  ["shell"],
];

export type EndpointAct = {
  busy: boolean;
  failure: Failure | null;
  proof: Proof;
  /**
   * Answers what the action did, or null where `failure` says why it did nothing. With `ends` the endpoint is
   * gone after it, and not to be read again.
   */
  run: <T>(act: () => Promise<ActionResult<T>>, what?: { ends?: boolean }) => Promise<T | null>;
  clear: () => void;
};

/** Runs an action on endpoints, with the password asked for where it wants one. */
export function useEndpointAct(): EndpointAct {
  const queries = useQueryClient();
  const { withProof, proof } = useProof();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run<T>(
    act: () => Promise<ActionResult<T>>,
    { ends = false }: { ends?: boolean } = {},
  ): Promise<T | null> {
    if (busy) return null;
    setBusy(true);
    setFailure(null);
    const answer = await withProof(act).catch(() => null);
    setBusy(false);
    const touched = ends && answer?.ok ? [["endpoints"], ["shell"]] : TOUCHED;
    for (const queryKey of touched) void queries.invalidateQueries({ queryKey });
    if (answer?.ok) return answer.value;
    // Whoever closed the password dialog knows why nothing was done.
    const problem = answer?.problem ?? unreachable;
    setFailure(problem.code === "proof_needed" ? null : problem);
    return null;
  }
  return { busy, failure, proof, run, clear: () => setFailure(null) };
}
