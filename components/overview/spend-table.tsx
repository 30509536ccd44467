import { useFormatter, useTranslations } from "next-intl";
import { Money } from "#components/ui/money.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { Trends } from "#lib/overview/types.ts";

/** What was paid for, day by day and in every currency, newest first; days without any are left out. */
export function SpendTable({ trends: { days, currencies } }: { trends: Trends }) {
  const t = useTranslations("overview.trends");
  const format = useFormatter();
  const rows = days.filter(({ orders }) => orders > 0).toReversed();
  if (rows.length === 0) return <p className="text-ink-2">{t("noSpend")}</p>;
  return (
    <Table label={t("spendAll")} sticky={false}>
      <THead>
        <TH grow>{t("day")}</TH>
        <TH align="end">{t("orders")}</TH>
        <TH align="end">{t("spent")}</TH>
      </THead>
      <TBody>
        {rows.map(({ at, orders, spent }) => (
          <TR key={at}>
            <TD grow phone="title">
              {format.dateTime(new Date(at), "dayYear")}
            </TD>
            <TD align="end" phone="side">
              {format.number(orders, "count")}
            </TD>
            <TD align="end" phone="full">
              <span className="inline-flex flex-wrap justify-end gap-x-4">
                {currencies.map(
                  (currency) =>
                    spent[currency] && (
                      <Money key={currency} amount={spent[currency]} currency={currency} />
                    ),
                )}
              </span>
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
