"use client";

import { useEffect, useRef, useState } from "react";
import { checkRowsAction } from "#app/(console)/codes/import/actions.ts";
import { batchesOf } from "#components/codes/import-rows.ts";
import { patiently } from "#components/codes/patiently.ts";
import type { Failure } from "#components/orders/failure.ts";
import type { ImportRow, RowProblem } from "#lib/codes/import-policy.ts";

export type StockCheck =
  | { kind: "none" }
  | { kind: "checking"; checked: number }
  | { kind: "checked" }
  | { kind: "failed"; failure: Failure };

/** Asks which rows stock has already, before anything is imported. */
export function useStockCheck(
  rows: readonly ImportRow[],
  onProblems: (problems: [number, RowProblem][]) => void,
): { check: StockCheck; start: () => Promise<void>; forget: () => void } {
  const [check, setCheck] = useState<StockCheck>({ kind: "none" });
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current++;
    },
    [],
  );

  async function start(): Promise<void> {
    const mine = ++turn.current;
    // No import is begun: the id only holds the search's notes together.
    const draftId = crypto.randomUUID();
    let checked = 0;
    setCheck({ kind: "checking", checked });
    for (const batch of batchesOf(rows, 0)) {
      const answer = await patiently(() => checkRowsAction(draftId, batch));
      if (turn.current !== mine) return;
      if (!answer.ok) {
        setCheck({ kind: "failed", failure: answer.problem });
        return;
      }
      onProblems(answer.value.map(({ row, problem }) => [row, problem]));
      checked += batch.length;
      setCheck({ kind: "checking", checked });
    }
    setCheck({ kind: "checked" });
  }

  function forget(): void {
    turn.current++;
    setCheck({ kind: "none" });
  }
  return { check, start, forget };
}
