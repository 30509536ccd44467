import { useTranslations } from "next-intl";
import { answerCode } from "#components/deliveries/answer-code.ts";
import { NextTry } from "#components/deliveries/next-try.tsx";
import { ReasonWord } from "#components/deliveries/reason-word.tsx";
import type { DeliveryRow } from "#lib/deliveries/read-deliveries.ts";

/** What came of it by now, and what comes next, in a line. */
export function DeliveryOutcome({ row }: { row: DeliveryRow }) {
  const t = useTranslations("deliveries");
  const { state, reason, last, endpoint, nextAttemptAt } = row;
  const status = last?.status ?? null;
  const code = status === null ? null : answerCode(endpoint?.channel, status);
  if (state === "success") return code ?? t("accepted");
  if (state !== "pending") {
    return (
      <>
        {reason && <ReasonWord reason={reason} />}
        {code && ` · ${code}`}
      </>
    );
  }
  const waits = endpoint && endpoint.standing !== "sending" ? endpoint.standing : null;
  return (
    <>
      {last?.errorKind && (
        <>
          <ReasonWord reason={last.errorKind} />
          {code && ` · ${code}`}
          {" · "}
        </>
      )}
      {row.isTrying
        ? t("next.now")
        : waits
          ? t(`waits.${waits}`)
          : nextAttemptAt && <NextTry at={nextAttemptAt} />}
    </>
  );
}
