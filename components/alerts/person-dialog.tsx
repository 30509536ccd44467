"use client";

import { useTranslations } from "next-intl";
import { useLive } from "#components/live/use-live.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Link } from "#components/ui/link.tsx";
import { TextSkeleton } from "#components/ui/skeleton.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { RevealsOf } from "#lib/codes/read-reveals-of.ts";

/** What a person revealed and handed out lately: when, for whom, and why. */
export function PersonDialog({
  personId,
  name,
  onClose,
}: {
  personId: string;
  name: string;
  onClose: () => void;
}) {
  // i18n-use: alerts.action.person.shown
  // i18n-use: alerts.action.person.linked
  const t = useTranslations("alerts.action.person");
  const { data, error } = useLive<RevealsOf>({
    key: ["codes", "reveals", personId],
    path: `/api/live/codes/reveals?${new URLSearchParams({ by: personId })}`,
    initial: undefined,
  });
  return (
    <Dialog open size="lg" title={t("title", { name })} onOpenChange={(open) => !open && onClose()}>
      {data ? (
        data.rows.length === 0 ? (
          <p>{t("none")}</p>
        ) : (
          <ol className="grid max-h-[60dvh] overflow-y-auto border-t border-line">
            {data.rows.map(({ id, at, way, codeId, mask, productName, customerRef, reason }) => (
              <li
                key={id}
                className="grid gap-x-3 gap-y-0.5 border-b border-line py-1.5 sm:grid-cols-[minmax(0,1fr)_auto]"
              >
                <span className="min-w-0 wrap-anywhere">
                  <Link href={`/codes/${codeId}`} className="mr-2 font-mono">
                    {mask}
                  </Link>
                  {productName}
                </span>
                <span className="text-xs text-ink-3 sm:text-right">
                  {t(way)} <RelativeTime at={at} focusable={false} />
                </span>
                <span className="text-xs text-ink-2 wrap-anywhere sm:col-span-2">
                  {customerRef ? t("for", { customer: customerRef }) : t("forNobody")}{" "}
                  {reason && <q>{reason}</q>}
                </span>
              </li>
            ))}
          </ol>
        )
      ) : error ? (
        <p role="alert" className="text-risk">
          {t("unread")}
        </p>
      ) : (
        <TextSkeleton lines={6} />
      )}
    </Dialog>
  );
}
