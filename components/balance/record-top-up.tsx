"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { recordTopUpAction } from "#app/(console)/balance/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { useAct } from "#components/acts/use-act.ts";
import { atOf, decimalText, isTopUpAmount, localTime } from "#components/balance/top-up-form.ts";
import { formatDecimalText } from "#components/ui/decimal-text.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

const TOUCHED = [["balance"], ["overview"], ["shell"], ["alerts"], ["alert"], ["alert_counts"]];

/** An unexplained gain, as it was seen. */
export type TopUpProposal = { stepId: string; amount: string; at: string };

/**
 * Notes money that somebody put into an account at the supplier. Needs the words of `balance`.
 * @param proposal an unexplained gain that this would explain
 */
export function RecordTopUp({
  account,
  proposal = null,
  onClose,
  onDone,
}: {
  account: { supplierId: string; name: string; currency: string };
  proposal?: TopUpProposal | null;
  onClose: () => void;
  onDone?: () => void;
}) {
  const t = useTranslations("balance.topUp");
  const locale = useLocale();
  const act = useAct(TOUCHED);
  const [amount, setAmount] = useState(proposal?.amount ?? "");
  const [at, setAt] = useState(() => localTime(proposal ? new Date(proposal.at) : new Date()));
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  // Of this dialog: pressed twice, or again after an answer was lost, it is noted once.
  const [topUpId] = useState(() => crypto.randomUUID());
  const typed = decimalText(amount);
  const time = atOf(at);
  const isAmount = isTopUpAmount(typed);
  const read = `${formatDecimalText(typed, locale, { minimum: 2, maximum: 4 })} ${account.currency}`;
  const isShort = note.trim() !== "" && note.trim().length < SHORTEST_REASON;

  async function submit() {
    setTried(true);
    if (!isAmount || time === null || isShort) return;
    const { supplierId, currency } = account;
    const noted = { amount: typed, at: time, note: note.trim() || null };
    const of = proposal && { stepId: proposal.stepId, remainder: proposal.amount };
    const topUp = { id: topUpId, supplierId, currency, ...noted, ...(of && { proposal: of }) };
    const id = await act.run(() => recordTopUpAction(topUp));
    if (id === null) return;
    onDone?.();
    onClose();
  }

  return (
    <ActDialog
      words="balance"
      title={t("title", { name: account.name })}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field
        label={`${t("amount")} (${account.currency})`}
        hint={isAmount ? t("amountRead", { amount: read }) : t("amountHint")}
        error={tried && !isAmount && t("amountWrong")}
        required
      >
        {(control) => (
          <Input
            {...control}
            data-autofocus
            inputMode="decimal"
            autoComplete="off"
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
          />
        )}
      </Field>
      <Field
        label={t("at")}
        hint={t("atHint")}
        error={tried && time === null && t("atWrong")}
        required
      >
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
        )}
      </Field>
      <Field
        label={t("note")}
        hint={t("noteHint")}
        error={tried && isShort && t("short", { shortest: SHORTEST_REASON })}
        optional
      >
        {(control) => (
          <Input
            {...control}
            maxLength={LONGEST_REASON}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
    </ActDialog>
  );
}
