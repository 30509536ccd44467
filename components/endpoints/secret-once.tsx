"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** A signing secret just made. It stands here and nowhere else: not even Keyhold shows it again. */
export function SecretOnce({ secret }: { secret: string }) {
  const t = useTranslations("endpoints.secret");
  return (
    <div className="grid gap-3">
      <Notice tone="look" title={t("once")}>
        {t("onceBody")}
      </Notice>
      <div className="grid gap-1">
        <p className="text-xs font-medium text-ink-2">{t("label")}</p>
        <SecretLine secret={secret} primary />
      </div>
    </div>
  );
}

/** The secret itself, to be copied. */
export function SecretLine({ secret, primary = false }: { secret: string; primary?: boolean }) {
  const t = useTranslations("endpoints.secret");
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <code
        data-testid="signing-secret"
        className="min-w-0 flex-1 basis-56 font-mono text-xs select-all wrap-anywhere"
      >
        {secret}
      </code>
      <CopyButton
        value={secret}
        label={t("copy")}
        words
        variant={primary ? "primary" : "secondary"}
      />
    </div>
  );
}
