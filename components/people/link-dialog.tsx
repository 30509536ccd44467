"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { UserLink } from "#lib/access/people/user-link.ts";

/** A link just made: shown this once, so that no stray click loses it. */
export function LinkDialog({
  link,
  name,
  onClose,
}: {
  link: UserLink;
  name: string;
  onClose: () => void;
}) {
  const t = useTranslations("people.link");
  const format = useFormatter();
  return (
    <Dialog
      open
      title={t("title", { name })}
      dismissable={false}
      onOpenChange={() => undefined}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("kept")}
        </Button>
      }
    >
      <Notice tone="look" title={t("once")}>
        {t("body", { until: format.dateTime(link.expiresAt, "dayTime") })}
      </Notice>
      <div className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
        <code
          data-testid="user-link"
          className="min-w-0 flex-1 basis-56 font-mono text-xs select-all wrap-anywhere"
        >
          {link.url}
        </code>
        <CopyButton value={link.url} label={t("copy")} words variant="primary" />
      </div>
    </Dialog>
  );
}
