import { useTranslations } from "next-intl";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { RowProblem } from "#lib/codes/import-policy.ts";

/** Rows that are not taken: where each stands in its file, and why. */
export function RefusedTable({
  rows,
  more,
}: {
  rows: readonly { row: number; problem: RowProblem; text?: string }[];
  /** So many others are refused too. */
  more: number;
}) {
  const t = useTranslations("import");
  const withText = rows.some(({ text }) => text !== undefined);
  return (
    <>
      <Table label={t("refused.label")} sticky={false}>
        <THead>
          <TH align="end">{t("refused.row")}</TH>
          {withText && <TH>{t("refused.code")}</TH>}
          <TH grow>{t("refused.why")}</TH>
        </THead>
        <TBody>
          {rows.map(({ row, problem, text }) => (
            <TR key={row}>
              <TD align="end" phone="title">
                {row + 1}
              </TD>
              {withText && (
                <TD phone="side">
                  <span className="inline-block max-w-72 truncate align-bottom font-mono text-xs">
                    {text}
                  </span>
                </TD>
              )}
              <TD grow phone="meta">
                {t(`problem.${problem}`)}
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      {more > 0 && (
        <p className="px-gutter pt-2 text-xs text-ink-2">{t("refused.more", { count: more })}</p>
      )}
    </>
  );
}
