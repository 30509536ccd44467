"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ErrorKindWords } from "#components/endpoints/error-kind-words.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { TestOutcome } from "#lib/deliveries/test-endpoint.ts";

/** What came of a test message, with the beginning of the answer. */
export function TryOutcomeNotice({
  outcome,
  saveUntested,
}: {
  outcome: TestOutcome;
  /** Where what was tried was to be saved. */
  saveUntested?: (() => void) | undefined;
}) {
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
        <Notice
          tone="look"
          live
          title={t(outcome.kind)}
          action={saveUntested && <Button onClick={saveUntested}>{t("saveUntested")}</Button>}
        >
          {saveUntested && <>{t("unsaved")} </>}
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
