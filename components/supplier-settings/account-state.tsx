"use client";

import { useTranslations } from "next-intl";
import type { AccountQuestion } from "#components/supplier-settings/account-dialog.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { isOn, standingOf } from "#components/supplier-settings/standing-of.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import type { PauseView } from "#lib/suppliers/room-types.ts";

/** What is the matter with an account, and what to do; nothing where all is well. */
export function AccountState({
  account,
  onAsk,
}: {
  account: AccountView;
  onAsk: (question: AccountQuestion) => void;
}) {
  const t = useTranslations("supplierSettings.state");
  const now = useClock();
  const { notConnected, orderingPaused, pollingPaused, inbound, push, budget, may } = account;
  const standing = standingOf(account, now);
  const isFailing =
    standing.kind === "calls" && ["erroring", "paused", "trying"].includes(standing.health);
  return (
    <div suppressHydrationWarning className="px-gutter grid gap-3 pb-3 empty:hidden">
      {notConnected !== null && (
        <Notice tone="risk" title={t(`notConnected.${notConnected}.title`)}>
          {t(`notConnected.${notConnected}.body`)}
        </Notice>
      )}
      {orderingPaused && isOn(orderingPaused, now) && (
        <Paused
          what="ordering"
          pause={orderingPaused}
          {...(may.manage && { onResume: () => onAsk({ kind: "resume", what: "ordering" }) })}
        />
      )}
      {pollingPaused && isOn(pollingPaused, now) && (
        <Paused
          what="polling"
          pause={pollingPaused}
          {...(may.manage && { onResume: () => onAsk({ kind: "resume", what: "polling" }) })}
        />
      )}
      {isFailing && budget.lastError && budget.lastErrorAt && (
        <Notice tone="risk" title={t("failing")}>
          <RelativeTime at={budget.lastErrorAt} />:{" "}
          <q className="wrap-anywhere">{budget.lastError}</q>
        </Notice>
      )}
      {inbound && !inbound.isOpen && push !== null && push !== "none" && (
        <Notice tone="look" title={t("closed")}>
          {t("closedBody")}
        </Notice>
      )}
    </div>
  );
}

function Paused({
  what,
  pause,
  onResume,
}: {
  what: "ordering" | "polling";
  pause: PauseView;
  onResume?: () => void;
}) {
  const t = useTranslations("supplierSettings.state.paused");
  return (
    <Notice
      tone="look"
      title={t(`${what}.title`, { name: pause.by })}
      action={onResume && <Button onClick={onResume}>{t("resume")}</Button>}
    >
      <q className="wrap-anywhere">{pause.why}</q>{" "}
      {t.rich("until", {
        at: () => <ExactTime at={pause.until} className="whitespace-normal!" />,
      })}{" "}
      {t(`${what}.body`)}
    </Notice>
  );
}
