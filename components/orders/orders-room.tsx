"use client";

import { Plus, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSettledList } from "#components/live/use-settled-list.ts";
import { FilterChips } from "#components/orders/filter-chips.tsx";
import { FilterMenu } from "#components/orders/filter-menu.tsx";
import { queryOf } from "#components/orders/list-filter.ts";
import { OrdersList } from "#components/orders/orders-list.tsx";
import { useListFilter } from "#components/orders/use-list-filter.ts";
import { useShell } from "#components/shell/live-shell.tsx";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SearchBox } from "#components/ui/search-box.tsx";
import { Toolbar } from "#components/ui/toolbar.tsx";
import type { OrderPage, OrderRow } from "#lib/orders/types.ts";

/** The list one lives in: filters in the address, rows that stay current and stay put. */
export function OrdersRoom({
  initial,
  initialQuery,
  mayPlace,
}: {
  initial: OrderPage;
  /** The query string that `initial` answers. */
  initialQuery: string;
  mayPlace: boolean;
}) {
  const t = useTranslations("orders.list");
  const control = useListFilter();
  const { filter, change } = control;
  const { unattributed, deliveries } = useShell().state.counts;
  const list = useSettledList<OrderRow>({
    topic: "orders",
    path: "/api/live/orders",
    after: filter.after,
    queryOf: (after) => queryOf({ ...filter, after }),
    initial: queryOf(filter) === initialQuery ? initial : undefined,
  });
  const placeLink = mayPlace && (
    <ButtonLink href="/orders/new" variant="primary" icon={<Plus aria-hidden />}>
      {t("new")}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        action={placeLink}
        // The bar of a phone has no room for them.
        meta={
          <>
            <Link href="/supplier-orders" className="md:hidden">
              {t("supplierOrders")}
              {unattributed > 0 && ` (${unattributed})`}
            </Link>
            <Link href="/deliveries" className="md:hidden">
              {t("deliveries")}
              {deliveries > 0 && ` (${deliveries})`}
            </Link>
          </>
        }
      />
      <Toolbar end={<LiveStamp heardAt={list.heardAt} />}>
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={filter.search}
          // Typing on changes the same entry of the history; the way back leads to before it.
          onSearch={(search) =>
            change({ search }, { replace: filter.search !== "" && search !== "" })
          }
        />
        <Button
          icon={<TriangleAlert aria-hidden />}
          aria-pressed={filter.attention}
          onClick={() => change({ attention: !filter.attention })}
          className="aria-pressed:border-look-line aria-pressed:bg-look-soft aria-pressed:text-look"
        >
          {t("attention")}
        </Button>
        <FilterMenu filter={filter} change={change} />
      </Toolbar>
      <FilterChips {...control} />
      <OrdersList list={list} control={control} placeLink={placeLink} />
    </>
  );
}
