"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { digestOf } from "#components/shell/digest-of.ts";
import { buttonClass } from "#components/ui/button-class.ts";

/**
 * What an error boundary shows. The reference is the digest under which the server logged it. Every
 * page carries its boundaries from the first load, so this takes hardly anything from elsewhere.
 */
export function PageCrash({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations();
  const [busy, start] = useTransition();
  const digest = digestOf(error);
  return (
    <div role="alert" className="px-gutter flex flex-col items-start gap-4 py-10">
      <div className="grid max-w-prose gap-1">
        <h1 className="text-xl font-semibold">{t("common.crash.title")}</h1>
        <p className="text-pretty text-ink-2">{t("common.crash.body")}</p>
      </div>
      <button
        type="button"
        aria-busy={busy}
        className={buttonClass({ variant: "primary" })}
        onClick={() => start(() => retry())}
      >
        {t("ui.error.retry")}
      </button>
      {digest && (
        <p className="text-xs text-ink-2">
          {t("ui.error.reference")} <code className="font-mono select-all">{digest}</code>
        </p>
      )}
    </div>
  );
}
