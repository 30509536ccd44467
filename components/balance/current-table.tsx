import { useTranslations } from "next-intl";
import { StaleBadge } from "#components/balance/stale-badge.tsx";
import { Money } from "#components/ui/money.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { BalanceView } from "#lib/balance/types.ts";

/** What each account holds now, a line a currency. */
export function CurrentTable({ balances }: { balances: readonly BalanceView[] }) {
  const t = useTranslations("balance");
  return (
    <Table label={t("current")} sticky={false}>
      <THead>
        <TH>{t("currency")}</TH>
        <TH grow>{t("supplier")}</TH>
        <TH align="end">{t("available")}</TH>
        <TH align="end">{t("reserved")}</TH>
        <TH align="end">{t("pending")}</TH>
        <TH align="end">{t("read")}</TH>
      </THead>
      <TBody>
        {balances.map((balance) => (
          <TR key={`${balance.supplierName} ${balance.currency}`}>
            <TD phone="title">
              <span className="inline-flex items-center gap-2 font-medium">
                {balance.currency}
                {balance.stale && <StaleBadge />}
              </span>
            </TD>
            <TD grow phone="meta">
              <span className="max-md:hidden">{balance.supplierName}</span>
              <span className="md:hidden">
                {t.rich("heldBack", {
                  reserved: () => <Money amount={balance.reserved} currency={balance.currency} />,
                  pending: () => <Money amount={balance.pending} currency={balance.currency} />,
                })}
              </span>
            </TD>
            <TD align="end" phone="side">
              <Money amount={balance.available} currency={balance.currency} strong aligned />
            </TD>
            <TD align="end">
              <Money amount={balance.reserved} currency={balance.currency} aligned />
            </TD>
            <TD align="end">
              <Money amount={balance.pending} currency={balance.currency} aligned />
            </TD>
            <TD align="end" phone="end">
              <RelativeTime at={balance.sampledAt} focusable={false} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
