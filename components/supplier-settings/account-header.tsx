"use client";

import { Gauge, Pause, Pencil, PlugZap } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AccountQuestion } from "#components/supplier-settings/account-dialog.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { AccountBadge } from "#components/supplier-settings/standing-badge.tsx";
import { isOn } from "#components/supplier-settings/standing-of.ts";
import { useKindName } from "#components/supplier-settings/use-kind-name.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { useClock } from "#components/ui/use-clock.ts";

/** Which account it is, how it stands, and what can be done about it. */
export function AccountHeader({
  account,
  onAsk,
  onTry,
}: {
  account: AccountView;
  onAsk: (question: AccountQuestion) => void;
  onTry: () => void;
}) {
  const t = useTranslations("supplierSettings.page");
  const kindName = useKindName();
  const now = useClock();
  const { id, slug, name, kind, target, orderingPaused, pollingPaused, may, readAt } = account;
  const isAllPaused = isOn(orderingPaused, now) && isOn(pollingPaused, now);
  return (
    <PageHeader
      title={name}
      badge={<AccountBadge account={account} look="soft" />}
      meta={
        <>
          <span>{kindName(kind)}</span>
          <code className="font-mono wrap-anywhere">{slug}</code>
          {target && <span className="font-mono wrap-anywhere">{target}</span>}
          <MonoId value={id} copyLabel={t("copyId")} />
          <LiveStamp heardAt={readAt} />
        </>
      }
      action={
        may.manage && (
          // On a phone on lines of their own: beside the title they would leave it no room.
          <div className="flex flex-wrap items-center gap-2 max-md:w-[calc(100vw-3*var(--gutter))]">
            <Button icon={<PlugZap aria-hidden />} onClick={onTry}>
              {t("test")}
            </Button>
            {!isAllPaused && (
              <Button icon={<Pause aria-hidden />} onClick={() => onAsk({ kind: "pause" })}>
                {t("pause")}
              </Button>
            )}
            <ButtonLink href={`/settings/suppliers/${slug}/limits`} icon={<Gauge aria-hidden />}>
              {t("limits")}
            </ButtonLink>
            <ButtonLink href={`/settings/suppliers/${slug}/edit`} icon={<Pencil aria-hidden />}>
              {t("edit")}
            </ButtonLink>
          </div>
        )
      }
    />
  );
}
