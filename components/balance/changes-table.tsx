import { useTranslations } from "next-intl";
import { balanceChanges } from "#components/balance/balance-changes.ts";
import { Money } from "#components/ui/money.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { BalancePoint } from "#lib/balance/types.ts";

/** The latest changes, newest first, each with what it changed. */
export function ChangesTable({ history }: { history: readonly BalancePoint[] }) {
  const t = useTranslations("balance");
  return (
    <Table label={t("changes")} sticky={false}>
      <THead>
        <TH>{t("currency")}</TH>
        <TH grow>{t("supplier")}</TH>
        <TH align="end">{t("change")}</TH>
        <TH align="end">{t("available")}</TH>
        <TH align="end">{t("reserved")}</TH>
        <TH align="end">{t("lastRead")}</TH>
      </THead>
      <TBody>
        {balanceChanges(history).map(({ difference, ...point }) => (
          <TR key={point.id}>
            <TD className="font-medium">{point.currency}</TD>
            <TD grow phone="meta">
              <span className="max-md:hidden">{point.supplierName}</span>
              <span className="md:hidden">
                {t("reserved")} <Money amount={point.reserved} currency={point.currency} />
              </span>
            </TD>
            <TD align="end" phone="title">
              {difference === null ? (
                <span className="text-ink-3">{t("first")}</span>
              ) : (
                <Money amount={difference} currency={point.currency} sign aligned />
              )}
            </TD>
            <TD align="end" phone="side">
              <Money amount={point.available} currency={point.currency} aligned />
            </TD>
            <TD align="end">
              <Money amount={point.reserved} currency={point.currency} />
            </TD>
            <TD align="end" phone="end">
              <RelativeTime at={point.sampledAt} focusable={false} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
