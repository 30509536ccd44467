"use client";

import { ScanSearch, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { CodeChips } from "#components/codes/code-chips.tsx";
import { CodeFilterMenu } from "#components/codes/code-filter-menu.tsx";
import {
  addressOf,
  codeFilterNames,
  codeQueryOf,
  readCodeFilter,
  stockQueryOf,
  writeCodeFilter,
} from "#components/codes/code-list-filter.ts";
import { CodesTable } from "#components/codes/codes-table.tsx";
import { isLikeCode } from "#components/codes/is-like-code.ts";
import { NoCodes } from "#components/codes/no-codes.tsx";
import { StockPart } from "#components/codes/stock-part.tsx";
import type { StockQuestion } from "#components/codes/stock-question.ts";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useHeldList } from "#components/live/use-held-list.ts";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchBox } from "#components/ui/search-box.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { CodePage, CodeRow, StockPage } from "#lib/codes/types.ts";

// Fetched while the page is read, before anybody asks for one of them.
const loadDialog = async () => ({
  default: (await import("#components/codes/stock-dialog.tsx")).StockDialog,
});
const StockDialog = lazy(loadDialog);

const form = { names: codeFilterNames, read: readCodeFilter, write: writeCodeFilter };
const idOf = ({ id }: CodeRow): string => id;

/** The inventory: by product, then code by code. What a code says is shown to nobody here. */
export function CodesRoom({
  initial,
  initialQuery,
  initialStock,
  initialStockQuery,
}: {
  initial: CodePage;
  /** The query string that `initial` answers. */
  initialQuery: string;
  initialStock: StockPage;
  initialStockQuery: string;
}) {
  const t = useTranslations("codes");
  const control = useAddressFilter(form);
  const { filter, change, clear } = control;
  const [question, setQuestion] = useState<StockQuestion | null>(null);
  const query = codeQueryOf(filter);
  const list = useHeldList<CodeRow, CodePage>({
    key: "codes",
    path: "/api/live/codes",
    query,
    initial: query === initialQuery ? initial : undefined,
    idOf,
  });
  const stockQuery = stockQueryOf(filter);
  const stock = useLive<StockPage>({
    key: ["stock", stockQuery],
    path: `/api/live/codes/stock${stockQuery && `?${stockQuery}`}`,
    initial: stockQuery === initialStockQuery ? initialStock : undefined,
  });
  const { may } = stock.data ?? initialStock;
  const product = stock.data?.rows.find(({ id }) => id === filter.product);
  const acts = may.handOut || may.stock || may.find;

  useEffect(() => {
    if (acts) void loadDialog();
  }, [acts]);

  return (
    <>
      <PageHeader
        title={t("title")}
        meta={
          <>
            <span className="max-md:hidden">{t("intro")}</span>
            <Link href="/codes/complaints">{t("complaints.title")}</Link>
          </>
        }
        action={
          <>
            {may.find && (
              <Button
                icon={<ScanSearch aria-hidden />}
                onClick={() => setQuestion({ kind: "find", value: "" })}
              >
                {t("find.open")}
              </Button>
            )}
            {may.import && (
              <ButtonLink href="/codes/import" variant="primary" icon={<Upload aria-hidden />}>
                {t("import")}
              </ButtonLink>
            )}
          </>
        }
      />
      {!filter.mock && (
        <StockPart
          stock={stock.data}
          error={stock.error}
          retry={() => void stock.refetch()}
          busy={stock.isPlaceholderData}
          control={control}
          onAsk={setQuestion}
        />
      )}
      <Toolbar className="border-t border-line pt-3" end={<LiveStamp heardAt={list.heardAt} />}>
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={filter.search}
          // Typing on changes the same entry of the history; the way back leads to before it.
          onSearch={(search) => {
            // A code in the address would stand in histories and logs.
            if (!isLikeCode(search)) change({ search }, { replace: filter.search !== "" });
            else if (may.find) setQuestion({ kind: "find", value: search });
          }}
        />
        <CodeFilterMenu filter={filter} change={change} />
      </Toolbar>
      <CodeChips {...control} productName={product?.name} />
      <LiveRows
        label={t("list")}
        list={list}
        failed={t("failed")}
        failedBody={t("failedBody")}
        empty={<NoCodes filter={filter} clear={clear} mayImport={may.import} />}
      >
        <CodesTable rows={list.held.rows} gone={list.held.gone} busy={list.busy} />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/codes?${addressOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
      <Suspense>
        {question && (
          <StockDialog question={question} may={may} onClose={() => setQuestion(null)} />
        )}
      </Suspense>
    </>
  );
}
