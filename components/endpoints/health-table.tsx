"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { EndpointHealth } from "#lib/deliveries/endpoint-types.ts";

/** The drawing's numbers, newest first; parts in which nothing was tried are left out. */
export function HealthTable({ health }: { health: EndpointHealth }) {
  const t = useTranslations("endpoints.health");
  const format = useFormatter();
  const number = (value: number) => format.number(Math.round(value), "count");
  const ms = (value: number | null) => (value === null ? "–" : t("ms", { count: number(value) }));
  const rows = health.buckets
    .filter(({ accepted, refused, failed }) => accepted + refused + failed > 0)
    .toReversed();
  return (
    <div className="-mx-(--gutter)">
      <Table label={t("title")} sticky={false}>
        <THead>
          <TH grow>{t("from")}</TH>
          <TH align="end">{t("outcome.accepted")}</TH>
          <TH align="end">{t("outcome.refused")}</TH>
          <TH align="end">{t("outcome.failed")}</TH>
          <TH align="end">{t("quantile.p50")}</TH>
          <TH align="end">{t("quantile.p95")}</TH>
        </THead>
        <TBody>
          {rows.map(({ at, accepted, refused, failed, p50, p95 }) => (
            <TR key={at}>
              <TD grow phone="title">
                {format.dateTime(new Date(at), "exact")}
              </TD>
              <TD phone="full" className="md:hidden">
                {t("row", { accepted, refused, failed })}
              </TD>
              <TD align="end">{number(accepted)}</TD>
              <TD align="end">{number(refused)}</TD>
              <TD align="end">{number(failed)}</TD>
              <TD align="end" phone="side">
                {ms(p50)}
              </TD>
              <TD align="end">{ms(p95)}</TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
