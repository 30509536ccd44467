"use client";

import { useTranslations } from "next-intl";
import type { ReadError } from "#components/live/read-json.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Says that what is on the screen could not be brought up to date. Nothing while it can. */
export function StaleNotice({ error, retry }: { error: ReadError | null; retry: () => void }) {
  const t = useTranslations("ui");
  if (!error) return null;
  return (
    <div className="px-gutter pb-3">
      <Notice
        tone="look"
        title={t("live.failed")}
        reference={error.reference ?? null}
        action={<Button onClick={retry}>{t("error.retry")}</Button>}
      >
        {t("live.failedBody")}
      </Notice>
    </div>
  );
}
