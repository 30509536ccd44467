"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ErrorKindWords } from "#components/endpoints/error-kind-words.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { SendOutcome } from "#lib/deliveries/channel.ts";

export type TryOutcome = SendOutcome & { tookMs: number };

/** What came of a test message, with the beginning of the answer. */
export function TryOutcomeNotice({ outcome }: { outcome: TryOutcome }) {
  const t = useTranslations("endpoints.try");
  const format = useFormatter();
  const took = format.number(outcome.tookMs, "count");
  const status = outcome.status === null ? "" : String(outcome.status);
  return (
    <div className="grid gap-2">
      {outcome.kind === "accepted" ? (
        <Notice tone="done" live title={t("accepted")}>
          {t("took", { status, hasStatus: status ? "yes" : "no", took })}
        </Notice>
      ) : (
        // i18n-use: endpoints.try.refused i18n-use: endpoints.try.failed
        <Notice tone="look" live title={t(outcome.kind)}>
          <ErrorKindWords kind={outcome.errorKind} />{" "}
          {t("took", { status, hasStatus: status ? "yes" : "no", took })}
        </Notice>
      )}
      {outcome.answer.trim() !== "" && (
        <CodeBlock text={outcome.answer} label={t("answer")} wrap className="max-w-prose" />
      )}
    </div>
  );
}
