"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import type { NewClaimLink } from "#lib/codes/make-claim-link.ts";

/** A claim link just made. Its secret stands here and nowhere else: not even Keyhold can tell it again. */
export function ClaimLinkOnce({ link, pin }: { link: NewClaimLink; pin: string }) {
  const t = useTranslations("inventory.link");
  const address = `${window.location.origin}/claim/${link.id}#${link.secret}`;
  return (
    <div className="grid gap-3">
      <Notice tone="look" title={t("once")}>
        {t("onceBody")}
      </Notice>
      <div className="grid gap-1">
        <p className="text-xs font-medium text-ink-2">{t("address")}</p>
        <div className="flex flex-wrap items-start gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
          <code
            data-testid="claim-link"
            className="min-w-0 flex-1 basis-56 font-mono text-xs select-all wrap-anywhere"
          >
            {address}
          </code>
          <CopyButton value={address} label={t("copy")} words variant="primary" />
        </div>
      </div>
      {pin && (
        <div className="flex items-center gap-2">
          <span className="text-xs font-medium text-ink-2">{t("pin")}</span>
          <code className="font-mono tracking-wide select-all">{pin}</code>
          <CopyButton value={pin} label={t("copyPin")} />
          <span className="text-xs text-ink-2">{t("pinApart")}</span>
        </div>
      )}
      <p className="text-xs text-ink-2">
        {t.rich("until", {
          at: () => (
            <ExactTime
              at={new Date(link.expiresAt).toISOString()}
              focusable={false}
              className="whitespace-normal!"
            />
          ),
        })}
      </p>
    </div>
  );
}
