"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import {
  beginImportAction,
  resumeImportAction,
  stopImportAction,
  takeRowsAction,
} from "#app/(console)/codes/import/actions.ts";
import { batchesOf, digestOf } from "#components/codes/import-rows.ts";
import { patiently } from "#components/codes/patiently.ts";
import type { Failure } from "#components/orders/failure.ts";
import type { NewImport } from "#lib/codes/import-input.ts";
import type { ImportRow } from "#lib/codes/import-policy.ts";
import type { ImportView } from "#lib/codes/import-view.ts";

export type Progress = { importId: string; total: number; done: number; refused: number };

export type Run =
  | { kind: "none" }
  | { kind: "beginning" }
  /** These rows are known; whether to go on with that import or begin anew is the person's to say. */
  | { kind: "asking"; question: "under_way" | "seen_before"; import: ImportView }
  /** `patience`: the server didn't answer well, and is asked again. */
  | ({ kind: "running"; patience: boolean; stopping: boolean } & Progress)
  | ({ kind: "over"; end: "finished" | "stopped" } & Progress)
  /** Without progress nothing was begun. */
  | { kind: "failed"; failure: Failure; progress: Progress | null };

export type Wish = Omit<NewImport, "id" | "digest" | "total" | "anew">;

export type ImportRun = {
  run: Run;
  begin: (wish: Wish, anew: boolean) => Promise<void>;
  resume: (importId: string) => Promise<void>;
  stop: () => Promise<void>;
  forget: () => void;
};

/**
 * Brings rows to the server, portion by portion, one at a time. They live in this page's memory alone: when
 * it is left, the import stays open, and the same file goes on with it.
 */
export function useImportRun(rows: readonly ImportRow[]): ImportRun {
  const [run, setRun] = useState<Run>({ kind: "none" });
  /** Grows with whatever ends a run here: an answer that comes after that is not wanted any more. */
  const turn = useRef(0);
  /** The same until something is begun with it: a repeated wish is no second import. */
  const draftId = useRef<string | null>(null);
  const queries = useQueryClient();
  const isUnderWay = run.kind === "beginning" || run.kind === "running";

  useEffect(() => {
    if (!isUnderWay) return;
    // However it ended, the list of imports tells of it at once.
    return () => void queries.invalidateQueries({ queryKey: ["codes", "imports"] });
  }, [queries, isUnderWay]);
  useEffect(() => {
    if (!isUnderWay) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUnderWay]);
  useEffect(
    () => () => {
      turn.current++;
    },
    [],
  );

  async function begin(wish: Wish, anew: boolean): Promise<void> {
    const mine = ++turn.current;
    setRun({ kind: "beginning" });
    if (anew) draftId.current = null;
    draftId.current ??= crypto.randomUUID();
    const id = draftId.current;
    const wanted = { ...wish, id, digest: await digestOf(rows), total: rows.length, anew };
    const answer = await patiently(() => beginImportAction(wanted));
    if (turn.current !== mine) return;
    if (!answer.ok) setRun({ kind: "failed", failure: answer.problem, progress: null });
    else if (answer.value.kind === "begun") await send(mine, answer.value.import, 0);
    else setRun({ kind: "asking", question: answer.value.kind, import: answer.value.import });
  }

  async function resume(importId: string): Promise<void> {
    const mine = ++turn.current;
    setRun({ kind: "beginning" });
    const digest = await digestOf(rows);
    const answer = await patiently(() => resumeImportAction(importId, digest));
    if (turn.current !== mine) return;
    if (answer.ok) await send(mine, answer.value.import, answer.value.from);
    else setRun({ kind: "failed", failure: answer.problem, progress: null });
  }

  async function send(mine: number, begun: ImportView, from: number): Promise<void> {
    const { id: importId, total, done, refused } = begun;
    draftId.current = null;
    let progress: Progress = { importId, total, done, refused };
    const show = (patience: boolean) =>
      turn.current === mine &&
      setRun((now) => ({
        ...progress,
        kind: "running",
        patience,
        stopping: now.kind === "running" && now.stopping,
      }));
    show(false);
    for (const batch of batchesOf(rows, from)) {
      const answer = await patiently(
        () => takeRowsAction(importId, batch),
        () => show(true),
      );
      if (turn.current !== mine) return;
      if (!answer.ok) {
        setRun({ kind: "failed", failure: answer.problem, progress });
        return;
      }
      const { state, problems: _, ...counts } = answer.value;
      progress = { importId, ...counts };
      if (state !== "open") {
        setRun({ kind: "over", end: state, ...progress });
        return;
      }
      show(false);
    }
    // Something is missing before the place from which this went on.
    if (from > 0) await send(mine, { ...begun, ...progress }, 0);
    else setRun({ kind: "failed", failure: { code: "conflict", reference: "" }, progress });
  }

  async function stop(): Promise<void> {
    if (run.kind !== "running") return;
    setRun({ ...run, stopping: true });
    const { importId } = run;
    const answer = await patiently(() => stopImportAction(importId));
    // The next portion's answer says that it is stopped.
    if (!answer.ok) {
      turn.current++;
      const { kind: _, patience: __, stopping: ___, ...progress } = run;
      setRun({ kind: "failed", failure: answer.problem, progress });
    }
  }

  function forget(): void {
    turn.current++;
    draftId.current = null;
    setRun({ kind: "none" });
  }
  return { run, begin, resume, stop, forget };
}
