"use client";

import { useState } from "react";
import type { Cells } from "#components/codes/import-cells.ts";
import { type Mapping, rowsOf } from "#components/codes/import-mapping.ts";
import { problemsOf } from "#components/codes/import-rows.ts";
import type { ImportRow, RowProblem } from "#lib/codes/import-policy.ts";

type File = {
  cells: Cells;
  mapping: Mapping | null;
  rows: ImportRow[];
  problems: ReadonlyMap<number, RowProblem>;
};

const NOTHING: File = { cells: [], mapping: null, rows: [], problems: new Map() };

/** A file's rows as they are understood at present, with what is wrong with each. */
export function useRows(): File & {
  set: (cells: Cells, mapping: Mapping) => void;
  addProblems: (problems: [number, RowProblem][]) => void;
} {
  const [file, setFile] = useState(NOTHING);
  function set(cells: Cells, mapping: Mapping): void {
    const rows = rowsOf(cells, mapping);
    setFile({ cells, mapping, rows, problems: problemsOf(rows, new Date()) });
  }
  function addProblems(problems: [number, RowProblem][]): void {
    if (problems.length === 0) return;
    // What the file itself says comes first: of equal codes the second is refused, whatever stock has.
    setFile((now) => ({ ...now, problems: new Map([...problems, ...now.problems]) }));
  }
  return { ...file, set, addProblems };
}
