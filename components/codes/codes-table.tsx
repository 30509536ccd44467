import { useTranslations } from "next-intl";
import { CodeStateBadge } from "#components/codes/code-state.tsx";
import { MockBadge } from "#components/codes/mock-badge.tsx";
import { Money } from "#components/ui/money.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import type { CodeRow } from "#lib/codes/types.ts";

/** Codes by their masks; a row leads to everything that is known of its code. */
export function CodesTable({
  rows,
  gone,
  busy,
}: {
  rows: readonly CodeRow[];
  /** Ids of rows that no longer belong here and only wait for the pointer to leave. */
  gone: ReadonlySet<string>;
  busy: boolean;
}) {
  const t = useTranslations("codes");
  return (
    <Table label={t("list")} busy={busy}>
      <THead>
        <TH>{t("code")}</TH>
        <TH grow>{t("product")}</TH>
        <TH>{t("state.label")}</TH>
        <TH from="lg">{t("customerRef")}</TH>
        <TH align="end" from="xl">
          {t("cost")}
        </TH>
        <TH align="end" from="xl">
          {t("expires")}
        </TH>
        <TH align="end">{t("stored")}</TH>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id} link className={gone.has(row.id) ? "opacity-55" : ""}>
            <TD phone="meta" className="max-md:whitespace-nowrap">
              <code className="font-mono text-xs">{row.mask}</code>
              {row.customerRef && (
                <span className="ml-2 inline-block max-w-32 truncate align-bottom text-ink-3 md:hidden">
                  {row.customerRef}
                </span>
              )}
            </TD>
            <TD grow phone="title">
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={`/codes/${row.id}`} className="truncate font-medium">
                  {row.productName}
                </RowLink>
                {row.region && <span className="shrink-0 text-xs text-ink-3">{row.region}</span>}
                {row.isMock && <MockBadge />}
              </span>
            </TD>
            <TD phone="side">
              <CodeStateBadge state={row.state} />
            </TD>
            <TD from="lg">
              <span className="block max-w-40 truncate text-ink-2">{row.customerRef ?? "–"}</span>
            </TD>
            <TD align="end" from="xl">
              <Money amount={row.cost} currency={row.currency ?? ""} />
            </TD>
            <TD align="end" from="xl">
              {row.expiresAt ? <TimeLeft until={row.expiresAt} /> : "–"}
            </TD>
            <TD align="end" phone="end">
              <RelativeTime at={row.storedAt} focusable={false} />
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
