"use client";

import { Inbox, Plus, Store } from "lucide-react";
import { useTranslations } from "next-intl";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { AccountsTable } from "#components/supplier-settings/accounts-table.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { SuppliersRoomView } from "#lib/suppliers/room-types.ts";

/** Every account of ours at a supplier, and how it stands. */
export function AccountsRoom({ initial }: { initial: SuppliersRoomView }) {
  const t = useTranslations("supplierSettings");
  const live = useLive<SuppliersRoomView>({
    key: ["supplier_accounts"],
    path: "/api/live/supplier-accounts",
    initial,
  });
  const { rows, may, readAt } = live.data ?? initial;
  const add = may.manage && (
    <ButtonLink href="/settings/suppliers/new" variant="primary" icon={<Plus aria-hidden />}>
      {t("list.add")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<LiveStamp heardAt={readAt} />}
        longTitle
        action={
          <>
            <ButtonLink href="/suppliers/inbox" icon={<Inbox aria-hidden />}>
              {t("list.inbox")}
            </ButtonLink>
            {add}
          </>
        }
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {rows.length === 0 ? (
        <EmptyState icon={<Store aria-hidden />} title={t("list.none")}>
          {t("list.noneBody")}
          {!may.manage && <> {t("whoAdds")}</>}
        </EmptyState>
      ) : (
        <AccountsTable rows={rows} />
      )}
    </>
  );
}
