"use client";

import { useTranslations } from "next-intl";
import { ImportProblem } from "#components/codes/import-problem.tsx";
import type { Progress, Run } from "#components/codes/use-import-run.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";

/** How an import goes, or how it went. */
export function ImportProgress({
  run,
  onStop,
  onResume,
  onAnew,
  onClose,
}: {
  run: Exclude<Run, { kind: "none" }>;
  onStop: () => void;
  onResume: (importId: string) => void;
  onAnew: () => void;
  /** Back to the form, or on to the next file. */
  onClose: () => void;
}) {
  const t = useTranslations("import.run");
  switch (run.kind) {
    case "beginning":
      return <p role="status">{t("beginning")}</p>;
    case "asking": {
      const { import: before, question } = run;
      const counts = { done: before.done, refused: before.refused, total: before.total };
      const isFinished = before.finishedAt !== null;
      return (
        <Notice
          tone="look"
          live
          title={t(isFinished ? "seenTitle" : "openTitle")}
          action={
            <span className="flex flex-wrap gap-2">
              {!isFinished && (
                <Button variant="primary" onClick={() => onResume(before.id)}>
                  {t("resume")}
                </Button>
              )}
              {question === "seen_before" && <Button onClick={onAnew}>{t("anew")}</Button>}
              <Button onClick={onClose}>{t("back")}</Button>
            </span>
          }
        >
          {t.rich("before", {
            ...counts,
            name: before.begunBy,
            product: before.productName,
            at: () => <RelativeTime at={before.createdAt} />,
          })}{" "}
          {isFinished && t("seenBody")}
        </Notice>
      );
    }
    case "running":
      return (
        <div className="grid max-w-160 gap-3">
          <Bar {...run} />
          <p role="status" className="text-xs text-ink-2">
            {run.patience ? t("patience") : t("keepOpen")}
          </p>
          <div>
            <Button busy={run.stopping} onClick={onStop}>
              {t("stop")}
            </Button>
          </div>
        </div>
      );
    case "over":
      return (
        <div className="grid max-w-160 gap-3">
          <Bar {...run} />
          <Notice
            tone={run.end === "finished" ? (run.refused > 0 ? "look" : "done") : "info"}
            live
            // i18n-use: import.run.finished i18n-use: import.run.stopped
            title={t(run.end)}
          />
          <div className="flex flex-wrap gap-2">
            {run.end === "stopped" && (
              <Button variant="primary" onClick={() => onResume(run.importId)}>
                {t("resume")}
              </Button>
            )}
            {run.end === "finished" && (
              <ButtonLink href="/codes" variant="primary">
                {t("toCodes")}
              </ButtonLink>
            )}
            <Button onClick={onClose}>{t("next")}</Button>
          </div>
        </div>
      );
    case "failed": {
      const { progress } = run;
      return (
        <div className="grid max-w-160 gap-3">
          {progress && <Bar {...progress} />}
          <ImportProblem failure={run.failure} />
          <div className="flex flex-wrap gap-2">
            {progress && (
              <Button variant="primary" onClick={() => onResume(progress.importId)}>
                {t("resume")}
              </Button>
            )}
            <Button onClick={onClose}>{t("back")}</Button>
          </div>
        </div>
      );
    }
  }
}

function Bar({ done, refused, total }: Progress) {
  const t = useTranslations("import.run");
  return (
    <div className="grid gap-1.5">
      <p className="text-base font-medium">{t("progress", { count: done + refused, total })}</p>
      <Meter value={done + refused} of={total} />
      <p className="text-xs text-ink-2">{t("counts", { done, refused, total })}</p>
    </div>
  );
}
