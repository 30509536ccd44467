import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import type { ComplaintRow } from "#lib/codes/types.ts";

const THREE_DAYS_MS = 3 * 86_400_000;

/** Complaints as a table; a row leads to its code. */
export function ComplaintsTable({
  rows,
  gone,
  busy,
  onClose,
}: {
  rows: readonly ComplaintRow[];
  gone: ReadonlySet<string>;
  busy: boolean;
  /** Left out for whoever may not. */
  onClose?: (row: ComplaintRow) => void;
}) {
  const t = useTranslations("codes.complaints");
  return (
    <Table label={t("title")} busy={busy}>
      <THead>
        <TH>{t("left")}</TH>
        <TH>{t("kind")}</TH>
        <TH grow>{t("product")}</TH>
        <TH from="xl">{t("evidence")}</TH>
        <TH from="wide">{t("supplierOrder")}</TH>
        <TH align="end" from="lg">
          {t("opened")}
        </TH>
        <TH align="end" hideLabel>
          {t("close")}
        </TH>
      </THead>
      <TBody>
        {rows.map((row) => (
          <TR key={row.id} link className={gone.has(row.id) ? "opacity-55" : ""}>
            <TD phone="side">
              {row.outcome ? (
                t(`outcomes.${row.outcome}`)
              ) : (
                <TimeLeft until={row.windowEndsAt} littleMs={THREE_DAYS_MS} />
              )}
            </TD>
            <TD phone="meta">
              <Badge>{t(`kinds.${row.kind}`)}</Badge>
            </TD>
            <TD grow phone="title">
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={`/codes/${row.codeId}`} className="truncate font-medium">
                  {row.productName}
                </RowLink>
                <code className="shrink-0 font-mono text-xs text-ink-3">{row.mask}</code>
              </span>
            </TD>
            <TD from="xl">
              <span className="block max-w-64 truncate text-ink-2" data-tip={row.evidence}>
                {row.evidence}
              </span>
            </TD>
            <TD from="wide">
              <span className="block max-w-48 truncate font-mono text-xs text-ink-2">
                {row.supplierOrderId ?? "–"}
              </span>
            </TD>
            <TD align="end" from="lg">
              <RelativeTime at={row.openedAt} focusable={false} />
            </TD>
            <TD align="end" phone="end">
              {onClose && !row.closedAt && (
                <Button
                  size="sm"
                  aria-label={t("closeOne", { product: row.productName })}
                  onClick={() => onClose(row)}
                >
                  {t("close")}
                </Button>
              )}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
