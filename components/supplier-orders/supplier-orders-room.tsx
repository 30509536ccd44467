"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { LiveRows } from "#components/live/live-rows.tsx";
import { useAddressFilter } from "#components/live/use-address-filter.ts";
import { useHeldList } from "#components/live/use-held-list.ts";
import type { Decided } from "#components/reconcile/decided-notice.tsx";
import { useQuestion } from "#components/reconcile/use-question.ts";
import { AccountStrip } from "#components/supplier-orders/account-strip.tsx";
import {
  filterNames,
  queryOf,
  readFilter,
  writeFilter,
} from "#components/supplier-orders/list-filter.ts";
import { NoSupplierOrders } from "#components/supplier-orders/no-supplier-orders.tsx";
import { idOf, type RowQuestion } from "#components/supplier-orders/row-question.ts";
import { ShowControl } from "#components/supplier-orders/show-control.tsx";
import { SupplierOrdersTable } from "#components/supplier-orders/supplier-orders-table.tsx";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchBox } from "#components/ui/search-box.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { SupplierOrderPage, SupplierOrderRow } from "#lib/reconcile/types.ts";

// Fetched while the list is read, before anybody decides on a row.
const loadDialog = async () => ({
  default: (await import("#components/supplier-orders/row-dialog.tsx")).RowDialog,
});
const RowDialog = lazy(loadDialog);
const DecidedNotice = lazy(async () => ({
  default: (await import("#components/reconcile/decided-notice.tsx")).DecidedNotice,
}));

const form = { names: filterNames, read: readFilter, write: writeFilter };

/** Every supplier order ever seen, first of all those that nothing here explains. */
export function SupplierOrdersRoom({
  initial,
  initialQuery,
}: {
  initial: SupplierOrderPage;
  /** The query string that `initial` answers. */
  initialQuery: string;
}) {
  const t = useTranslations("supplierOrders");
  const { filter, change, clear } = useAddressFilter(form);
  const query = queryOf(filter);
  const list = useHeldList<SupplierOrderRow, SupplierOrderPage>({
    key: "supplier_orders",
    path: "/api/live/supplier-orders",
    query,
    initial: query === initialQuery ? initial : undefined,
    idOf,
  });
  const [decided, setDecided] = useState<Decided | null>(null);
  const { question, ask, handling } = useQuestion<RowQuestion>(
    [["supplier_orders"], ["orders"], ["order"], ["shell"]],
    setDecided,
  );
  const page = list.page ?? initial;
  const mayDecide = page.may.decide;

  useEffect(() => {
    if (mayDecide) void loadDialog();
  }, [mayDecide]);

  return (
    <>
      <PageHeader title={t("title")} meta={t("intro")} />
      <AccountStrip accounts={page.accounts} />
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />} className="pt-3">
        <ShowControl show={filter.show} onShow={(show) => change({ show })} />
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={filter.search}
          // Typing on changes the same entry of the history; the way back leads to before it.
          onSearch={(search) => change({ search }, { replace: filter.search !== "" })}
        />
      </Toolbar>
      <Suspense>{decided && <DecidedNotice decided={decided} />}</Suspense>
      {!mayDecide && page.unattributed > 0 && (
        <p className="px-gutter pb-3 text-xs text-ink-2">{t("mayNot")}</p>
      )}
      <LiveRows
        label={t("title")}
        list={list}
        failed={t("failed")}
        failedBody={t("failedBody")}
        empty={<NoSupplierOrders filter={filter} clear={clear} />}
      >
        <SupplierOrdersTable
          rows={list.held.rows}
          gone={list.held.gone}
          busy={list.busy}
          {...(mayDecide && { onAsk: ask })}
        />
        <KeysetPager
          after={filter.after}
          next={list.next}
          hrefOf={(after) => `/supplier-orders?${queryOf({ ...filter, after })}`}
          onGo={(after) => change({ after })}
        />
      </LiveRows>
      <Suspense>{question && <RowDialog {...handling} question={question} />}</Suspense>
    </>
  );
}
