"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";

/** Reads that anything done to a delivery makes old. */
const TOUCHED: readonly QueryKey[] = [
  ["deliveries"],
  ["delivery"],
  ["delivery_jobs"],
  ["endpoints"],
  ["endpoint"],
  ["shell"],
];

export type DeliveryActing = {
  busy: boolean;
  failure: Failure | null;
  /** Answers what the action did, or null where `failure` says why it did nothing. */
  run: <T>(act: () => Promise<ActionResult<T>>) => Promise<{ value: T } | null>;
};

/** Runs an action on deliveries, one at a time. */
export function useDeliveryAct(): DeliveryActing {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run<T>(act: () => Promise<ActionResult<T>>): Promise<{ value: T } | null> {
    if (busy) return null;
    setBusy(true);
    setFailure(null);
    const answer = await act().catch(() => null);
    setBusy(false);
    for (const queryKey of TOUCHED) void queries.invalidateQueries({ queryKey });
    if (answer?.ok) return { value: answer.value };
    setFailure(answer?.problem ?? unreachable);
    return null;
  }
  return { busy, failure, run };
}
