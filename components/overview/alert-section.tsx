import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { severityLooks } from "#components/overview/alert-looks.tsx";
import { Link } from "#components/ui/link.tsx";
import { Section } from "#components/ui/section.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { Age } from "#components/ui/time.tsx";
import { toneSign } from "#components/ui/tone.ts";
import type { AlertRow } from "#lib/alerts/types.ts";

/** What each kind of alert is called: the server has the words, so that the page needn't carry them all. */
export type AlertTitles = Record<AlertRow["kind"], string>;

/** The worst of what waits for a decision, with the way to all of it. */
export function AlertSection({ rows, titles }: { rows: readonly AlertRow[]; titles: AlertTitles }) {
  const t = useTranslations("overview.alerts");
  const link = rows.length > 0 && (
    <Link href="/alerts" className="text-xs">
      {t("all")}
    </Link>
  );
  return (
    <Section title={t("worst")} action={link} flush className="min-w-0">
      {rows.length === 0 ? (
        <p className="px-gutter text-ink-2">{t("none")}</p>
      ) : (
        <div className="border-t border-line">
          <Table label={t("worst")} sticky={false}>
            <THead>
              <TH grow>{t("what")}</TH>
              <TH from="lg">{t("supplier")}</TH>
              <TH from="lg">{t("assignee")}</TH>
              <TH align="end">{t("openFor")}</TH>
            </THead>
            <TBody>
              {rows.map((row) => (
                <TR key={row.id} link>
                  <AlertCells row={row} title={titles[row.kind] ?? row.kind} />
                </TR>
              ))}
            </TBody>
          </Table>
        </div>
      )}
    </Section>
  );
}

function AlertCells({ row, title }: { row: AlertRow; title: string }) {
  const t = useTranslations("overview.alerts");
  const { tone, icon } = severityLooks[row.severity];
  const about = row.isGroup
    ? t("orders", { count: row.standing })
    : (row.order?.goods ?? row.about);
  return (
    <>
      <TD grow phone="title">
        <span className="flex min-w-0 items-center gap-2">
          <span
            data-tip={t(`severity.${row.severity}`)}
            className={clsx("inline-flex", toneSign[tone])}
          >
            {icon}
            <span className="sr-only">{t(`severity.${row.severity}`)}</span>
          </span>
          <span className="truncate">
            <RowLink href={`/alerts/${row.id}`}>{title}</RowLink>
            {about && <span className="text-ink-3"> · {about}</span>}
          </span>
        </span>
      </TD>
      <TD from="lg" phone="meta">
        <span className="text-ink-2">{row.supplierName ?? "–"}</span>
      </TD>
      <TD from="lg">
        <span className="block max-w-36 truncate text-ink-2">{row.assignee?.name ?? "–"}</span>
      </TD>
      <TD align="end" phone="end">
        <Age at={row.openedAt} focusable={false} />
      </TD>
    </>
  );
}
