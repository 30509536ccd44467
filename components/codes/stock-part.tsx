"use client";

import { CalendarClock, MessageSquareWarning, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { addressOf, type CodeListFilter } from "#components/codes/code-list-filter.ts";
import type { StockQuestion } from "#components/codes/stock-question.ts";
import { StockTable } from "#components/codes/stock-table.tsx";
import type { ReadError } from "#components/live/read-json.ts";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import type { FilterControl } from "#components/live/use-address-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";
import { TimeLeft } from "#components/ui/time-left.tsx";
import { COUNTED_UP_TO } from "#lib/codes/expiring-policy.ts";
import type { StockPage } from "#lib/codes/types.ts";

/** Codes by product, and above them what needs a look. */
export function StockPart({
  stock,
  error,
  retry,
  busy,
  control,
  onAsk,
}: {
  stock: StockPage | undefined;
  error: ReadError | null;
  retry: () => void;
  /** The products are still those of another filter. */
  busy: boolean;
  control: FilterControl<CodeListFilter>;
  onAsk: (question: StockQuestion) => void;
}) {
  const t = useTranslations("codes.stock");
  const { filter, change } = control;
  const hrefOf = (product: string | null) =>
    `/codes?${addressOf({ ...filter, product, after: null })}`;
  if (!stock)
    return error ? <StaleNotice error={error} retry={retry} /> : <TableSkeleton rows={4} />;
  const hidden = stock.total - stock.rows.length;
  const folds = !filter.product && (hidden > 0 || filter.allProducts);
  return (
    <>
      <StaleNotice error={error} retry={retry} />
      <Looks stock={stock} control={control} />
      {stock.rows.length > 0 && (
        <section aria-label={t("label")} className="border-t border-line">
          <StockTable
            rows={stock.rows}
            may={stock.may}
            busy={busy}
            filter={filter}
            change={change}
            hrefOf={hrefOf}
            onAsk={onAsk}
          />
          {folds && (
            <div className="px-gutter py-2">
              <Button
                variant="ghost"
                size="sm"
                className="-ml-2.5"
                aria-expanded={filter.allProducts}
                onClick={() => change({ allProducts: !filter.allProducts })}
              >
                {filter.allProducts ? t("few") : t("all", { count: stock.total })}
              </Button>
              {filter.allProducts && hidden > 0 && (
                <span className="ml-2 text-xs text-ink-2">{t("tooMany", { count: hidden })}</span>
              )}
            </div>
          )}
        </section>
      )}
    </>
  );
}

/** What should be done soon, each a way to where it is done. */
function Looks({
  stock: { low, expiring, complaints },
  control: { change },
}: {
  stock: StockPage;
  control: FilterControl<CodeListFilter>;
}) {
  const t = useTranslations("codes.looks");
  const line = (key: string, icon: ReactNode, words: ReactNode) => (
    <li key={key} className="flex items-center gap-1.5">
      <span aria-hidden className="inline-flex text-look-solid [&_.lucide]:size-3.5">
        {icon}
      </span>
      {words}
    </li>
  );
  const more = expiring > COUNTED_UP_TO;
  return (
    <ul
      aria-label={t("label")}
      className="px-gutter flex flex-wrap gap-x-6 gap-y-1 pb-3 text-ink-2 empty:hidden"
    >
      {low > 0 && line("low", <TriangleAlert />, t("low", { count: low }))}
      {expiring > 0 &&
        line(
          "expiring",
          <CalendarClock />,
          <button
            type="button"
            onClick={() => change({ expiring: true, state: [], mock: false })}
            className="rounded-sm text-left text-accent underline-offset-3 hover:underline pointer-coarse:min-h-11"
          >
            {more
              ? t("expiringMore", { count: COUNTED_UP_TO })
              : t("expiring", { count: expiring })}
          </button>,
        )}
      {complaints.open > 0 &&
        line(
          "complaints",
          <MessageSquareWarning />,
          <span>
            <Link href="/codes/complaints">{t("complaints", { count: complaints.open })}</Link>
            {complaints.firstEndsAt && (
              <span className="ml-1.5 text-xs">
                {t.rich("first", {
                  left: () => (
                    <TimeLeft until={complaints.firstEndsAt ?? ""} littleMs={259_200_000} />
                  ),
                })}
              </span>
            )}
          </span>,
        )}
    </ul>
  );
}
