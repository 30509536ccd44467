"use client";

import { useTranslations } from "next-intl";
import { useSpan } from "#components/balance/use-span.ts";
import { Money } from "#components/ui/money.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { RunwayView } from "#lib/balance/types.ts";

/** What was spent over an hour, a day and a week, and how long the rest lasts at each rate. */
export function BurnTable({ account: { burns, currency } }: { account: RunwayView }) {
  const t = useTranslations("balance.burn");
  const title = useTranslations("balance")("lastsTitle");
  const span = useSpan();
  if (burns.length === 0) return <p className="px-gutter text-ink-2">{t("empty")}</p>;
  return (
    <Table label={title} sticky={false}>
      <THead>
        <TH grow>{t("window")}</TH>
        <TH align="end">{t("spent")}</TH>
        <TH align="end">{t("perHour")}</TH>
        <TH align="end">{t("lasts")}</TH>
      </THead>
      <TBody>
        {burns.map(({ hours, covered, spent, perHour, lasts }) => (
          <TR key={hours}>
            <TD grow phone="title">
              {t("hours", { hours })}
              {covered < hours && (
                <span className="ml-2 text-xs text-ink-3">{t("covered", { hours: covered })}</span>
              )}
            </TD>
            <TD align="end" phone="meta">
              <Money amount={spent} currency={currency} aligned />
            </TD>
            <TD align="end">
              <Money amount={perHour} currency={currency} aligned />
            </TD>
            <TD align="end" phone="side">
              {lasts === null ? <span className="text-ink-3">{t("none")}</span> : span(lasts)}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
