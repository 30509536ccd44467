"use client";

import { useTranslations } from "next-intl";
import { StaleBadge } from "#components/balance/stale-badge.tsx";
import { useBalance } from "#components/balance/use-balance.ts";
import { Link } from "#components/ui/link.tsx";
import { Money } from "#components/ui/money.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { BalancePage } from "#lib/balance/types.ts";

/** What can be spent, at a glance; each figure leads to the balance page. */
export function BalanceStrip({ initial }: { initial: BalancePage }) {
  const t = useTranslations("balance");
  const { page } = useBalance(initial);
  if (page.current.length === 0) {
    return (
      <p className="px-gutter border-y border-line py-3 text-ink-2">
        {t("none")}. <Link href="/balance">{t("open")}</Link>
      </p>
    );
  }
  return (
    <StatRow>
      {page.current.map((balance) => (
        <Stat
          key={`${balance.supplierName} ${balance.currency}`}
          href="/balance"
          label={
            <>
              {t("available")}
              {balance.stale && <StaleBadge />}
            </>
          }
          value={<Money amount={balance.available} currency={balance.currency} />}
          hint={
            <>
              {t("read")} <RelativeTime at={balance.sampledAt} focusable={false} />
            </>
          }
        />
      ))}
    </StatRow>
  );
}
