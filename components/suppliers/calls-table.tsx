"use client";

import { useFormatter, useTranslations } from "next-intl";
import { callsByKind, type KindOfCall } from "#components/suppliers/calls-by-kind.ts";
import { percent } from "#components/suppliers/number-formats.ts";
import { useKindWord } from "#components/suppliers/use-kind-word.ts";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import type { CallTally } from "#lib/suppliers/read-budget.ts";

/** Who used the budget, and to what end. */
export function CallsTable({ calls }: { calls: readonly CallTally[] }) {
  const t = useTranslations("suppliers.calls");
  const kinds = callsByKind(calls);
  if (kinds.length === 0) return <p className="px-gutter text-ink-2">{t("none")}</p>;
  return (
    <Table label={t("title")} sticky={false}>
      <THead>
        <TH grow>{t("what")}</TH>
        <TH align="end">{t("lastMinute")}</TH>
        <TH align="end">{t("lastHour")}</TH>
        <TH align="end">{t("useful")}</TH>
        <TH align="end">{t("failed")}</TH>
      </THead>
      <TBody>
        {kinds.map((kind) => (
          <Kind key={kind.what} kind={kind} />
        ))}
      </TBody>
    </Table>
  );
}

function Kind({ kind }: { kind: KindOfCall }) {
  const t = useTranslations("suppliers.calls");
  const wordOf = useKindWord();
  const format = useFormatter();
  const count = (value: number) => format.number(value, "count");
  const share =
    kind.useful !== null && kind.lastHour > 0
      ? format.number(kind.useful / kind.lastHour, percent)
      : null;
  return (
    <TR>
      <TD grow phone="title">
        {wordOf(kind.what)}
      </TD>
      <TD align="end">{count(kind.lastMinute)}</TD>
      <TD align="end" phone="side">
        {count(kind.lastHour)}
      </TD>
      <TD align="end" phone="meta">
        <span className="max-md:hidden">{share ?? <span className="text-ink-3">–</span>}</span>
        {share !== null && <span className="md:hidden">{t("usefulOf", { share })}</span>}
      </TD>
      <TD align="end" phone="end">
        <span className={kind.failed > 0 ? "text-look" : "text-ink-3"}>
          <span className="max-md:hidden">{count(kind.failed)}</span>
          <span className="md:hidden">
            {kind.failed > 0 && t("failedOf", { count: kind.failed })}
          </span>
        </span>
      </TD>
    </TR>
  );
}
