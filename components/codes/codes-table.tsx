import { FlaskConical } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeState } from "#components/codes/code-state.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { CodeRow } from "#lib/codes/types.ts";

/** Codes by their masks; a row leads to the order that brought the code, where it can be revealed. */
export function CodesTable({ rows, busy }: { rows: readonly CodeRow[]; busy: boolean }) {
  const t = useTranslations("codes");
  return (
    <Table label={t("title")} busy={busy}>
      <THead>
        <TH>{t("code")}</TH>
        <TH grow>{t("product")}</TH>
        <TH from="lg">{t("region")}</TH>
        <TH from="lg">{t("customerRef")}</TH>
        <TH>{t("state.label")}</TH>
        <TH align="end">{t("stored")}</TH>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id} link>
            <TD phone="meta" className="max-md:whitespace-nowrap">
              <code className="font-mono text-xs">{row.mask}</code>
              {row.customerRef && (
                <span className="ml-2 text-ink-3 md:hidden">{row.customerRef}</span>
              )}
            </TD>
            <TD grow phone="title">
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={`/orders/${row.orderId}`} className="truncate">
                  {row.productName}
                </RowLink>
                {row.isMock && (
                  <Badge tone="mock" icon={<FlaskConical aria-hidden />}>
                    {t("mock")}
                  </Badge>
                )}
              </span>
            </TD>
            <TD from="lg">
              <span className="text-ink-2">{row.region ?? "–"}</span>
            </TD>
            <TD from="lg">
              <span className="block max-w-40 truncate text-ink-2">{row.customerRef ?? "–"}</span>
            </TD>
            <TD phone="side">
              <CodeState code={row} />
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
