"use client";

import { useFormatter, useTranslations } from "next-intl";
import { SocketWord } from "#components/supplier-settings/socket-word.tsx";
import { AccountBadge } from "#components/supplier-settings/standing-badge.tsx";
import { useKindName } from "#components/supplier-settings/use-kind-name.ts";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SupplierRow } from "#lib/suppliers/room-types.ts";

/** A row an account: which, how it stands, by which ways it tells, what waits. */
export function AccountsTable({ rows }: { rows: readonly SupplierRow[] }) {
  const t = useTranslations("supplierSettings.list");
  return (
    <section aria-label={t("label")} className="border-t border-line">
      <Table label={t("label")}>
        <THead>
          <TH grow>{t("name")}</TH>
          <TH>{t("standing")}</TH>
          <TH from="lg">{t("tells")}</TH>
          <TH align="end">{t("open")}</TH>
          <TH align="end">{t("toLook")}</TH>
          <TH from="lg">{t("answered")}</TH>
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

function Row({ row }: { row: SupplierRow }) {
  const t = useTranslations("supplierSettings.list");
  const format = useFormatter();
  const kindName = useKindName();
  const count = (value: number) => format.number(value, "count");
  return (
    <TR link>
      <TD grow phone="title">
        <span className="grid min-w-0 md:flex md:items-baseline md:gap-2.5">
          <RowLink href={`/settings/suppliers/${row.slug}`} className="truncate font-medium">
            {row.name}
          </RowLink>
          <span className="truncate text-xs text-ink-2">
            {kindName(row.kind)}
            {row.target && <> · {row.target}</>}
          </span>
        </span>
      </TD>
      <TD phone="side">
        <AccountBadge account={row} />
      </TD>
      <TD from="lg">
        {row.socket ? <SocketWord socket={row.socket} /> : t(`push.${row.push ?? "unknown"}`)}
      </TD>
      <TD align="end" phone="meta">
        {count(row.openOrders)}
        <span className="md:hidden"> {t("openOnPhone")}</span>
      </TD>
      <TD align="end" phone="end">
        <span className={row.inboxTroubled > 0 ? "text-look" : "text-ink-3 max-md:hidden"}>
          {count(row.inboxTroubled)}
          <span className="md:hidden"> {t("toLookOnPhone")}</span>
        </span>
      </TD>
      <TD from="lg">
        {row.budget.lastOkAt ? (
          <RelativeTime at={row.budget.lastOkAt} focusable={false} />
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        )}
      </TD>
    </TR>
  );
}
