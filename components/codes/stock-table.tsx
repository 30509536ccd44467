"use client";

import { HandHelping, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { CodeListFilter } from "#components/codes/code-list-filter.ts";
import type { StockQuestion } from "#components/codes/stock-question.ts";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Money } from "#components/ui/money.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { Age } from "#components/ui/time.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import type { CodeState } from "#lib/codes/lifecycle.ts";
import type { CodeRights, StockRow } from "#lib/codes/types.ts";

/** States that are counted in columns of their own, and from which width on. */
const columns: readonly { state: CodeState; from?: "lg" | "xl" }[] = [
  { state: "available" },
  { state: "reserved" },
  { state: "handed_out", from: "lg" },
  { state: "bad", from: "lg" },
  { state: "expired", from: "xl" },
];

type Props = {
  rows: readonly StockRow[];
  may: CodeRights;
  busy: boolean;
  hrefOf: (product: string | null) => string;
  onAsk: (question: StockQuestion) => void;
} & Pick<FilterControl<CodeListFilter>, "filter" | "change">;

/** Codes by product; a row narrows the list below to its codes. */
export function StockTable({ rows, may, busy, filter, change, hrefOf, onAsk }: Props) {
  const t = useTranslations("codes");
  return (
    <Table label={t("stock.label")} busy={busy} sticky={false}>
      <THead>
        <TH grow>{t("product")}</TH>
        {columns.map(({ state, ...from }) => (
          <TH key={state} align="end" {...from}>
            {t(`state.${state}.word`)}
          </TH>
        ))}
        <TH align="end">{t("stock.value")}</TH>
        <TH align="end" from="lg">
          {t("stock.oldest")}
        </TH>
        <TH align="end" from="wide">
          {t("stock.firstExpires")}
        </TH>
        <TH align="end">{t("stock.lowLine")}</TH>
        {may.handOut && (
          <TH align="end" hideLabel>
            {t("handOut.do")}
          </TH>
        )}
      </THead>
      <TBody>
        {rows.map((row) => {
          const chosen = row.id === filter.product;
          return (
            <TR key={row.id} link selected={chosen}>
              <TD grow phone="title">
                <span className="flex min-w-0 items-center gap-2">
                  <RowLink
                    href={hrefOf(chosen ? null : row.id)}
                    aria-current={chosen ? "true" : undefined}
                    className="truncate font-medium"
                    onNavigate={(event) => {
                      event.preventDefault();
                      change({ product: chosen ? null : row.id });
                    }}
                  >
                    {row.name}
                  </RowLink>
                  {row.region && <span className="shrink-0 text-xs text-ink-3">{row.region}</span>}
                  {row.supplierName === null && (
                    <Badge tip={t("stock.ownTip")}>{t("stock.own")}</Badge>
                  )}
                </span>
              </TD>
              {columns.map(({ state, ...from }) => (
                <TD
                  key={state}
                  align="end"
                  {...from}
                  {...(state === "available" && { phone: "side" })}
                >
                  <Count row={row} state={state} />
                </TD>
              ))}
              <TD align="end" phone="meta">
                <Value row={row} />
              </TD>
              <TD align="end" from="lg">
                {row.oldestAt ? <Age at={row.oldestAt} focusable={false} /> : "–"}
              </TD>
              <TD align="end" from="wide">
                {row.expiresAt ? <TimeLeft until={row.expiresAt} /> : "–"}
              </TD>
              <TD align="end" phone="end">
                <LowLine row={row} may={may} onAsk={onAsk} />
              </TD>
              {may.handOut && (
                <TD align="end" phone="full">
                  {row.counts.available > 0 && (
                    <Button
                      size="sm"
                      icon={<HandHelping aria-hidden />}
                      aria-label={t("handOut.doOne", { product: row.name })}
                      onClick={() => onAsk({ kind: "hand_out", row })}
                    >
                      {t("handOut.do")}
                    </Button>
                  )}
                </TD>
              )}
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}

const isLow = ({ lowLine, counts }: StockRow): boolean =>
  lowLine !== null && counts.available < lowLine;

function Count({ row, state }: { row: StockRow; state: CodeState }) {
  const t = useTranslations("codes");
  const count = row.counts[state];
  const words = (
    // A number alone says nothing on a phone, where its column has no head.
    <span className="ml-1 text-xs text-ink-3 md:hidden">{t(`state.${state}.word`)}</span>
  );
  const seen = row.seen > 0 && (
    <span className="ml-1 text-xs font-normal text-ink-3" data-tip={t("stock.seenTip")}>
      {t("stock.seen", { count: row.seen })}
    </span>
  );
  if (state !== "available") {
    const tone = count > 0 && state === "bad" ? "text-risk" : count === 0 ? "text-ink-3" : "";
    return <span className={tone}>{count}</span>;
  }
  return isLow(row) ? (
    <span
      className="inline-flex items-center gap-1 font-medium text-look"
      data-tip={t("stock.lowTip", { line: row.lowLine ?? 0 })}
    >
      <TriangleAlert aria-label={t("stock.low")} className="size-3.5" />
      {count}
      {words}
      {seen}
    </span>
  ) : (
    <span className={count === 0 ? "text-ink-3" : "font-medium"}>
      {count}
      {words}
      {seen}
    </span>
  );
}

function Value({ row: { value, withoutCost } }: { row: StockRow }) {
  const t = useTranslations("codes.stock");
  const unknown = withoutCost > 0 && t("withoutCost", { count: withoutCost });
  if (value.length === 0) {
    return (
      <span className="text-ink-3" {...(unknown && { "data-tip": unknown })}>
        –
      </span>
    );
  }
  return (
    <span
      className="inline-flex flex-wrap justify-end gap-x-3"
      {...(unknown && { "data-tip": unknown })}
    >
      {value.map(({ amount, currency }) => (
        <Money key={currency} amount={amount} currency={currency} />
      ))}
      {unknown && <span aria-hidden>+</span>}
    </span>
  );
}

function LowLine({ row, may, onAsk }: { row: StockRow } & Pick<Props, "may" | "onAsk">) {
  const t = useTranslations("codes.stock");
  const { lowLine, name } = row;
  if (!may.stock) return lowLine ?? "–";
  return (
    <Button
      variant="ghost"
      size="sm"
      className="-mr-2.5 tabular-nums [&>span]:inline-flex [&>span]:gap-1.5"
      data-tip={t("lineTip")}
      onClick={() => onAsk({ kind: "low_line", row })}
    >
      <span className="font-normal text-ink-3 md:hidden">{t("lowLine")}</span>
      {lowLine ?? t("set")}{" "}
      <span className="sr-only">
        {lowLine === null ? t("setOne", { product: name }) : t("changeOne", { product: name })}
      </span>
    </Button>
  );
}
