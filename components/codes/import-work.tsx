"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type Delimiter, readCells } from "#components/codes/import-cells.ts";
import { ImportColumns } from "#components/codes/import-columns.tsx";
import { hasUnclearDates, type Mapping, mappingFor } from "#components/codes/import-mapping.ts";
import { ImportPreview } from "#components/codes/import-preview.tsx";
import { ImportProgress } from "#components/codes/import-progress.tsx";
import type { Source } from "#components/codes/import-source.tsx";
import { ImportTarget } from "#components/codes/import-target.tsx";
import { type Target, targetProblems, wishOf } from "#components/codes/import-wish.ts";
import { useImportRun } from "#components/codes/use-import-run.ts";
import { useRows } from "#components/codes/use-rows.ts";
import { useStockCheck } from "#components/codes/use-stock-check.ts";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { StockProductOption } from "#lib/codes/find-stock-products.ts";
import { MOST_IMPORT_ROWS } from "#lib/codes/import-policy.ts";

/** What is made of a source: its columns, its rows, where they go, and their way there. */
export function ImportWork({
  source,
  product,
  onRunning,
  onNext,
}: {
  source: Source | null;
  product: StockProductOption | null;
  /** Whether there is an import to watch instead of a file to choose. */
  onRunning: (running: boolean) => void;
  /** Done with this file. */
  onNext: () => void;
}) {
  const t = useTranslations("import");
  const [last, setLast] = useState<Source | null>(null);
  const [delimiter, setDelimiter] = useState<Delimiter>("auto");
  /** What somebody has said of the columns of this file, or of all that is pasted. */
  const [said, setSaid] = useState<Mapping | null>(null);
  const [shown, setShown] = useState(false);
  const [asked, setAsked] = useState(false);
  const [target, setTarget] = useState<Target>({
    isNew: false,
    product,
    name: "",
    region: "",
    cost: "",
    currency: "",
    source: "",
  });
  const file = useRows();
  const { rows } = file;
  const { run, begin, resume, stop, forget } = useImportRun(rows);
  const stock = useStockCheck(rows, file.addProblems);

  function read(next: Source | null, by: Delimiter): void {
    const cells = next ? readCells(next.text, by) : [];
    // Of a paste every stroke is another source.
    const isSame = (next?.name ?? "") === (last?.name ?? "");
    if (!isSame) setSaid(null);
    file.set(cells, mappingFor(cells, isSame ? said : null));
    stock.forget();
    setLast(next);
    setDelimiter(by);
    // A name that was taken from the last file follows the new one.
    if (next?.name && (target.source === "" || target.source === last?.name)) {
      setTarget({ ...target, source: next.name.slice(0, 120) });
    }
  }
  // While rendering, so that a chosen file is never shown beside the rows of the one before.
  if (source !== last) read(source, delimiter);
  const running = run.kind !== "none";
  useEffect(() => onRunning(running), [onRunning, running]);
  const lacking = targetProblems(target);
  const tooMany = rows.length > MOST_IMPORT_ROWS;
  function start(anew: boolean): void {
    setAsked(true);
    if (lacking.length === 0) void begin(wishOf(target), anew);
  }

  if (running) {
    return (
      <Section title={target.source || t("title")}>
        <ImportProgress
          run={run}
          onStop={() => void stop()}
          onResume={(importId) => void resume(importId)}
          onAnew={() => start(true)}
          onClose={run.kind === "over" ? onNext : forget}
        />
      </Section>
    );
  }
  return (
    <>
      {source && file.mapping && (
        <>
          <Section title={t("columns.title")} description={t("columns.body")}>
            <ImportColumns
              cells={file.cells}
              delimiter={delimiter}
              mapping={file.mapping}
              unclearDates={hasUnclearDates(rows)}
              shown={shown}
              onDelimiter={(by) => read(source, by)}
              onMapping={(mapping) => {
                setSaid(mapping);
                file.set(file.cells, mapping);
                stock.forget();
              }}
              onShown={setShown}
            />
          </Section>
          <Section title={t("preview.title")} description={t("preview.body")}>
            <ImportPreview
              rows={rows}
              problems={file.problems}
              shown={shown}
              check={stock.check}
              onCheck={() => void stock.start()}
            />
          </Section>
          <Section title={t("target.title")} description={t("target.body")}>
            <div className="grid gap-5">
              <ImportTarget target={target} problems={asked ? lacking : []} onChange={setTarget} />
              <div>
                <Button
                  variant="primary"
                  disabled={rows.length === 0 || tooMany || rows.length === file.problems.size}
                  onClick={() => start(false)}
                >
                  {t("begin", { count: rows.length - file.problems.size })}
                </Button>
              </div>
            </div>
          </Section>
        </>
      )}
    </>
  );
}
