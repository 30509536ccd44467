"use client";

import { useTranslations } from "next-intl";
import type { ReadError } from "#components/live/read-json.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** What `StaleNotice` says once there is something to say. */
export function StaleWords({ error, retry }: { error: ReadError; retry: () => void }) {
  const t = useTranslations("ui");
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
