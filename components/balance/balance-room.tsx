"use client";

import { Wallet } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChangesTable } from "#components/balance/changes-table.tsx";
import { CurrentTable } from "#components/balance/current-table.tsx";
import { useBalance } from "#components/balance/use-balance.ts";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import type { BalancePage } from "#lib/balance/types.ts";

/** What can be spent, and how it came to that. */
export function BalanceRoom({ initial }: { initial: BalancePage }) {
  const t = useTranslations("balance");
  const { page, error, retry } = useBalance(initial);
  return (
    <>
      <PageHeader title={t("title")} action={<LiveStamp heardAt={page.readAt} />} />
      <StaleNotice error={error} retry={retry} />
      {page.current.length === 0 ? (
        <EmptyState icon={<Wallet aria-hidden />} title={t("none")}>
          {t("noneBody")}
        </EmptyState>
      ) : (
        <>
          <Section title={t("current")} description={t("currentBody")} flush>
            <CurrentTable balances={page.current} />
          </Section>
          <Section title={t("changes")} description={t("changesBody")} flush>
            <ChangesTable history={page.history} />
          </Section>
        </>
      )}
    </>
  );
}
