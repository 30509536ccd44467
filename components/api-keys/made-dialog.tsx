"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ExactTime } from "#components/ui/time.tsx";

export type Made = { name: string; key: string; previousUntil?: string | null };

/** A key just made. It stands here and nowhere else: not even Keyhold shows it again. */
export function MadeDialog({
  made: { name, key, previousUntil },
  onClose,
}: {
  made: Made;
  onClose: () => void;
}) {
  const t = useTranslations("apiKeys.made");
  return (
    <Dialog
      open
      title={t("title", { name })}
      // What is shown this once isn't to be lost by a stray click.
      dismissable={false}
      onOpenChange={() => undefined}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("kept")}
        </Button>
      }
    >
      <div className="grid gap-3">
        <Notice tone="look" title={t("once")}>
          {t("body")}
        </Notice>
        <div className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
          <code
            data-testid="made-key"
            className="min-w-0 flex-1 basis-56 font-mono text-xs select-all wrap-anywhere"
          >
            {key}
          </code>
          <CopyButton value={key} label={t("copy")} words variant="primary" />
        </div>
        {previousUntil && (
          <p className="text-xs text-ink-2">
            {t.rich("both", {
              at: () => (
                <ExactTime at={previousUntil} focusable={false} className="whitespace-normal!" />
              ),
            })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
