"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SessionView } from "#lib/access/people/types.ts";

/** Open sessions: on what, from where, since when; each can be ended. */
export function SessionsList({
  sessions,
  busy,
  onEnd,
}: {
  sessions: readonly SessionView[];
  busy: boolean;
  /** Null where the reader may not. */
  onEnd: ((id: string) => void) | null;
}) {
  const t = useTranslations("sessions");
  if (sessions.length === 0) return <p className="text-ink-2">{t("none")}</p>;
  return (
    <ul aria-label={t("label")} className="grid gap-2">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md border border-line px-3 py-2.5"
        >
          <div className="grid min-w-0 gap-0.5">
            <p className="font-medium wrap-anywhere">
              {t("device", {
                browser: session.device.browser ?? t("someBrowser"),
                system: session.device.system ?? t("someSystem"),
              })}
              {session.isThis && <span className="font-normal text-done"> {t("this")}</span>}
            </p>
            <p className="flex flex-wrap gap-x-3 text-xs text-ink-2">
              <span className="wrap-anywhere">{session.address ?? t("noAddress")}</span>
              <span>
                {t.rich("used", {
                  at: () => <RelativeTime at={session.lastUsedAt} focusable={false} />,
                })}
              </span>
              {session.method === "oidc" && <span>{t("elsewhere")}</span>}
            </p>
          </div>
          {onEnd && !session.isThis && (
            <Button size="sm" disabled={busy} onClick={() => onEnd(session.id)}>
              {t("end")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
