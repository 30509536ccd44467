"use client";

import { Store } from "lucide-react";
import { useTranslations } from "next-intl";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { SupplierSection } from "#components/suppliers/supplier-section.tsx";
import type { SuppliersView } from "#components/suppliers/suppliers-view.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

/** Calls are counted all the time and announced by nobody. */
const READ_EVERY_MS = 5_000;

/** Are they well, who asks them how much, and how open orders are looked at. */
export function SuppliersRoom({ initial }: { initial: SuppliersView }) {
  const t = useTranslations("suppliers");
  const live = useLive<SuppliersView>({
    key: ["suppliers"],
    path: "/api/live/suppliers",
    initial,
    everyMs: READ_EVERY_MS,
  });
  const { suppliers, readAt } = live.data ?? initial;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          <>
            <Link href="/suppliers/inbox">{t("inbox")}</Link>
            <Link href="/settings/suppliers">{t("accounts")}</Link>
          </>
        }
        action={<LiveStamp heardAt={readAt} />}
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {suppliers.length === 0 ? (
        <EmptyState icon={<Store aria-hidden />} title={t("none")}>
          {t("noneBody")}
        </EmptyState>
      ) : (
        suppliers.map((supplier) => (
          <SupplierSection key={supplier.budget.supplierId} supplier={supplier} />
        ))
      )}
    </>
  );
}
