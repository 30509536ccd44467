"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Decided } from "#components/reconcile/decided-notice.tsx";

/** What a dialog that asks for a decision tells whoever opened it. */
export type Handling = {
  /** As typed so far; it outlives the dialog. */
  reason: string;
  onReason: (typed: string) => void;
  /** Whatever came of it: what is on the page may be old now. */
  onAnswer: () => void;
  onDecided: (result: "done" | "proposed") => void;
  onClose: () => void;
};

/**
 * One question at a time.
 * @param touched the reads that an answer makes old
 */
export function useQuestion<Asked extends { kind: Decided["kind"] }>(
  touched: readonly QueryKey[],
  onDecided: (decided: Decided) => void,
): { question: Asked | null; ask: (question: Asked) => void; handling: Handling } {
  const queries = useQueryClient();
  const [question, setQuestion] = useState<Asked | null>(null);
  const [reason, setReason] = useState("");
  return {
    question,
    ask: setQuestion,
    handling: {
      reason,
      onReason: setReason,
      onAnswer: () => {
        for (const queryKey of touched) void queries.invalidateQueries({ queryKey });
      },
      onDecided: (result) => {
        setQuestion(null);
        setReason("");
        if (question) onDecided({ kind: result === "proposed" ? result : question.kind });
      },
      onClose: () => setQuestion(null),
    },
  };
}
