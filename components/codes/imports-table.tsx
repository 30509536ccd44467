"use client";

import { CircleCheck, CirclePause, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ImportProblemsDialog } from "#components/codes/import-problems-dialog.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { Money } from "#components/ui/money.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { ImportView } from "#lib/codes/import-view.ts";
import type { ImportList } from "#lib/codes/read-imports.ts";

/** Imports so far, newest first, also those that somebody else is running. */
export function ImportsTable({ initial }: { initial: ImportList }) {
  const t = useTranslations("import.list");
  const [asked, setAsked] = useState<ImportView | null>(null);
  const { data = initial } = useLive<ImportList>({
    key: ["codes", "imports"],
    path: "/api/live/imports",
    initial,
  });
  if (data.rows.length === 0) return <p className="px-gutter text-ink-2">{t("none")}</p>;
  return (
    <>
      <Table label={t("title")} sticky={false}>
        <THead>
          <TH>{t("state")}</TH>
          <TH grow>{t("source")}</TH>
          <TH align="end">{t("taken")}</TH>
          <TH align="end">{t("refused")}</TH>
          <TH align="end" from="lg">
            {t("cost")}
          </TH>
          <TH from="lg">{t("by")}</TH>
          <TH align="end">{t("begun")}</TH>
        </THead>
        <TBody>
          {data.rows.map((row) => (
            <TR key={row.id}>
              <TD phone="meta">
                <ImportState row={row} />
              </TD>
              <TD grow phone="title">
                <span className="font-medium">{row.source}</span>
                <span className="text-ink-3">
                  {" · "}
                  {row.productName}
                  {row.region && ` · ${row.region}`}
                </span>
              </TD>
              <TD align="end" phone="side">
                {t("of", { count: row.done, total: row.total })}
              </TD>
              <TD align="end" phone="full">
                {row.refused > 0 ? (
                  <Button size="sm" variant="ghost" onClick={() => setAsked(row)}>
                    {t("refusedRows", { count: row.refused })}
                  </Button>
                ) : (
                  "–"
                )}
              </TD>
              <TD align="end" from="lg">
                {row.cost !== null && row.currency !== null ? (
                  <Money amount={row.cost} currency={row.currency} />
                ) : (
                  "–"
                )}
              </TD>
              <TD from="lg">{row.begunBy}</TD>
              <TD align="end" phone="end">
                <RelativeTime at={row.createdAt} focusable={false} />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
      {asked && <ImportProblemsDialog of={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function ImportState({ row }: { row: ImportView }) {
  const t = useTranslations("import.list.is");
  if (row.finishedAt !== null) {
    return (
      <StatusBadge tone="done" icon={<CircleCheck aria-hidden />}>
        {t("finished")}
      </StatusBadge>
    );
  }
  if (row.stoppedAt !== null) {
    return (
      <StatusBadge tone="waiting" icon={<CirclePause aria-hidden />}>
        {t("stopped")}
      </StatusBadge>
    );
  }
  return (
    <StatusBadge tone="look" icon={<LoaderCircle aria-hidden />}>
      <span data-tip={t("openTip")}>{t("open")}</span>
    </StatusBadge>
  );
}
