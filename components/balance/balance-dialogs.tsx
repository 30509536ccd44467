"use client";

import { useLocale } from "next-intl";
import type { ActionResult } from "#app/_server/run-action.ts";
import { acceptRemainderAction, voidTopUpAction } from "#app/(console)/balance/actions.ts";
import { useAct } from "#components/acts/use-act.ts";
import { ReasonDialog } from "#components/balance/reason-dialog.tsx";
import { RecordTopUp, type TopUpProposal } from "#components/balance/record-top-up.tsx";
import { formatDecimalText } from "#components/ui/decimal-text.ts";
import type { RunwayView, StepView, TopUpView } from "#lib/balance/types.ts";

export type BalanceQuestion =
  | { kind: "record"; proposal: TopUpProposal | null }
  | { kind: "accept"; step: StepView }
  | { kind: "void"; topUp: TopUpView };

const TOUCHED = [["balance"], ["overview"], ["shell"], ["alerts"], ["alert"], ["alert_counts"]];

/** The one thing that is being done to an account's books. */
export function BalanceDialogs({
  question,
  account,
  onClose,
}: {
  question: BalanceQuestion;
  account: RunwayView;
  onClose: () => void;
}) {
  const locale = useLocale();
  const act = useAct(TOUCHED);
  const { supplierId, supplierName: name, currency } = account;
  const money = (amount: string) =>
    `${formatDecimalText(amount, locale, { minimum: 2, maximum: 4 })} ${currency}`;
  async function run(verb: () => Promise<ActionResult<null>>): Promise<void> {
    // What it answers is nothing: that it was done has to be said by itself.
    const isDone = await act.run(async () => {
      const result = await verb();
      return result.ok ? { ok: true as const, value: true } : result;
    });
    if (isDone) onClose();
  }
  switch (question.kind) {
    case "record":
      return (
        <RecordTopUp
          account={{ supplierId, name, currency }}
          proposal={question.proposal}
          onClose={onClose}
        />
      );
    case "accept": {
      const { id, remainder } = question.step;
      return (
        <ReasonDialog
          words="balance.accept"
          amount={money(remainder)}
          act={act}
          onSubmit={(reason) => void run(() => acceptRemainderAction(id, remainder, reason))}
          onClose={onClose}
        />
      );
    }
    case "void": {
      const { id, amount } = question.topUp;
      return (
        <ReasonDialog
          words="balance.voidTopUp"
          amount={money(amount)}
          danger
          act={act}
          onSubmit={(reason) => void run(() => voidTopUpAction(id, reason))}
          onClose={onClose}
        />
      );
    }
  }
}
