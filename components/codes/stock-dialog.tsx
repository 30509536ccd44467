"use client";

import { FindCodeDialog } from "#components/codes/find-code-dialog.tsx";
import { HandOutDialog } from "#components/codes/hand-out-dialog.tsx";
import { LowLineDialog } from "#components/codes/low-line-dialog.tsx";
import type { StockQuestion } from "#components/codes/stock-question.ts";
import type { CodeRights } from "#lib/codes/types.ts";

/** The dialogs of the inventory page. */
export function StockDialog({
  question,
  may,
  onClose,
}: {
  question: StockQuestion;
  may: CodeRights;
  onClose: () => void;
}) {
  switch (question.kind) {
    case "find":
      return <FindCodeDialog typed={question.value} onClose={onClose} />;
    case "low_line":
      return <LowLineDialog row={question.row} onClose={onClose} />;
    case "hand_out": {
      const { id, name, counts } = question.row;
      return (
        <HandOutDialog
          giving={{ kind: "stock", productId: id, name, available: counts.available }}
          mayReveal={may.reveal}
          onClose={onClose}
        />
      );
    }
  }
}
