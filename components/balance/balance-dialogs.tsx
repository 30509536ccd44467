"use client";

import { useLocale, useTranslations } from "next-intl";
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
  const t = useTranslations("balance");
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
          title={t("accept.title", { amount: money(remainder) })}
          description={t("accept.body")}
          verb={t("accept.verb")}
          label={t("accept.label")}
          hint={t("accept.hint")}
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
          title={t("topUp.voidTitle", { amount: money(amount) })}
          description={t("topUp.voidBody")}
          verb={t("topUp.voidVerb")}
          label={t("topUp.voidLabel")}
          danger
          act={act}
          onSubmit={(reason) => void run(() => voidTopUpAction(id, reason))}
          onClose={onClose}
        />
      );
    }
  }
}
