"use client";

import { useTranslations } from "next-intl";
import { hiddenText } from "#components/codes/hidden-text.ts";
import { ImportProblem } from "#components/codes/import-problem.tsx";
import { RefusedTable } from "#components/codes/refused-table.tsx";
import type { StockCheck } from "#components/codes/use-stock-check.ts";
import { Button } from "#components/ui/button.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { type ImportRow, MOST_IMPORT_ROWS, type RowProblem } from "#lib/codes/import-policy.ts";

/** So many problems are enough to see what is wrong with a file. */
const MOST_SHOWN = 25;

/** What would be taken and what refused, row by row, before anything is stored. */
export function ImportPreview({
  rows,
  problems,
  shown,
  check,
  onCheck,
}: {
  rows: readonly ImportRow[];
  problems: ReadonlyMap<number, RowProblem>;
  /** Whether texts are shown in clear. */
  shown: boolean;
  check: StockCheck;
  onCheck: () => void;
}) {
  const t = useTranslations("import.preview");
  const bad = rows.filter(({ row }) => problems.has(row));
  const refused = bad.slice(0, MOST_SHOWN).map(({ row, code }) => ({
    row,
    problem: problems.get(row) ?? "no_code",
    text: code === "" ? "–" : shown ? code.slice(0, 200) : hiddenText(code),
  }));
  const checking = check.kind === "checking";
  return (
    <div className="grid gap-3">
      <p className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <span>{t("rows", { count: rows.length })}</span>
        <span className="text-done">{t("good", { count: rows.length - bad.length })}</span>
        {bad.length > 0 && <span className="text-look">{t("bad", { count: bad.length })}</span>}
        <Button
          size="sm"
          busy={checking}
          disabled={rows.length === 0 || rows.length > MOST_IMPORT_ROWS}
          onClick={onCheck}
        >
          {t("check")}
        </Button>
        {check.kind === "checked" && (
          <span role="status" className="text-xs text-ink-2">
            {t("checked")}
          </span>
        )}
      </p>
      {checking && (
        <div className="grid max-w-160 gap-1">
          <Meter value={check.checked} of={rows.length} />
          <p className="text-xs text-ink-2">
            {t("checking", { count: check.checked, total: rows.length })}
          </p>
        </div>
      )}
      {check.kind === "failed" && <ImportProblem failure={check.failure} />}
      {rows.length > MOST_IMPORT_ROWS && (
        <Notice tone="look">{t("tooMany", { most: MOST_IMPORT_ROWS })}</Notice>
      )}
      {refused.length > 0 && (
        <div className="-mx-(--gutter)">
          <RefusedTable rows={refused} more={bad.length - refused.length} />
        </div>
      )}
    </div>
  );
}
