"use client";

import { useFormatter, useTranslations } from "next-intl";
import { channelIcons } from "#components/endpoints/channel-icon.tsx";
import { percent } from "#components/endpoints/number-formats.ts";
import { StandingBadge } from "#components/endpoints/standing-signs.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { EndpointRow } from "#lib/deliveries/endpoint-types.ts";

const COUNTED_UP_TO = 1_000;

/** A row an endpoint: where it leads, how it is, what waits. */
export function EndpointsTable({ rows }: { rows: readonly EndpointRow[] }) {
  const t = useTranslations("endpoints.list");
  return (
    <section aria-label={t("label")} className="border-t border-line">
      <Table label={t("label")}>
        <THead>
          <TH grow>{t("name")}</TH>
          <TH from="lg">{t("events")}</TH>
          <TH>{t("standing")}</TH>
          <TH align="end">{t("success")}</TH>
          <TH align="end">{t("waiting")}</TH>
          <TH from="lg">{t("lastSuccess")}</TH>
        </THead>
        <TBody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </TBody>
      </Table>
    </section>
  );
}

function Row({ row }: { row: EndpointRow }) {
  const t = useTranslations("endpoints");
  const format = useFormatter();
  const share = row.tries > 0 ? format.number(row.accepted / row.tries, percent) : null;
  const isBad = row.tries > 0 && row.accepted / row.tries < 0.95;
  const waiting =
    row.pending > COUNTED_UP_TO
      ? t("list.moreThan", { count: format.number(COUNTED_UP_TO, "count") })
      : format.number(row.pending, "count");
  return (
    <TR link>
      <TD grow phone="title">
        <span className="flex min-w-0 items-center gap-2.5">
          <span
            data-tip={t(`channel.${row.channel}.word`)}
            className="inline-flex text-ink-3 max-md:hidden"
          >
            {channelIcons[row.channel]}
          </span>
          <span className="grid min-w-0 md:flex md:items-baseline md:gap-2.5">
            <RowLink href={`/settings/endpoints/${row.id}`} className="truncate font-medium">
              {row.name}
            </RowLink>
            <span className="truncate text-xs text-ink-2">
              <span className="sr-only">{t(`channel.${row.channel}.word`)} </span>
              {row.target}
            </span>
          </span>
          {row.payload !== "thin" && (
            <Badge tone={row.payload === "codes" ? "look" : "waiting"} className="max-md:hidden">
              {t(`payload.${row.payload}.badge`)}
            </Badge>
          )}
        </span>
      </TD>
      <TD from="lg">
        {row.events.includes("*")
          ? t("list.allEvents")
          : row.events.length === 0
            ? t("list.noEvents")
            : t("list.someEvents", { count: row.events.length })}
      </TD>
      <TD phone="side">
        <StandingBadge endpoint={row} />
      </TD>
      <TD align="end" phone="end">
        {share === null ? (
          <span className="text-ink-3 max-md:hidden">–</span>
        ) : (
          <span className={isBad ? "text-look" : ""}>
            {share}
            <span className="md:hidden"> {t("list.accepted")}</span>
          </span>
        )}
      </TD>
      <TD align="end" phone="meta">
        <span className={row.pending === 0 ? "text-ink-3 max-md:hidden" : ""}>
          {waiting}
          <span className="md:hidden"> {t("list.wait")}</span>
        </span>
      </TD>
      <TD from="lg">
        {row.lastSuccessAt ? (
          <RelativeTime at={row.lastSuccessAt} focusable={false} />
        ) : (
          <span className="text-ink-3">{t("list.never")}</span>
        )}
      </TD>
    </TR>
  );
}
