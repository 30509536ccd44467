"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LiveRows } from "#components/live/live-rows.tsx";
import type { SettledList } from "#components/live/use-settled-list.ts";
import { isNarrowed, queryOf } from "#components/orders/list-filter.ts";
import { NoOrders } from "#components/orders/no-orders.tsx";
import { OrdersTable } from "#components/orders/orders-table.tsx";
import type { ListFilterControl } from "#components/orders/use-list-filter.ts";
import { KeysetPager } from "#components/ui/keyset-pager.tsx";
import type { OrderRow } from "#lib/orders/types.ts";

/** The orders in whatever state their list is, with the way to older ones. */
export function OrdersList({
  list,
  control,
  placeLink,
}: {
  list: SettledList<OrderRow>;
  control: ListFilterControl;
  placeLink: ReactNode;
}) {
  const t = useTranslations("orders.list");
  const { filter } = control;
  const { held } = list;
  return (
    <LiveRows
      label={t("title")}
      list={list}
      failed={t("failed")}
      failedBody={t("failedBody")}
      empty={
        <NoOrders
          narrowed={isNarrowed(filter)}
          older={filter.after !== null}
          clear={control.clear}
          placeLink={placeLink}
        />
      }
    >
      <OrdersTable label={t("title")} rows={held.rows} gone={held.gone} busy={list.busy} />
      <KeysetPager
        after={filter.after}
        next={list.next}
        hrefOf={(after) => `/orders?${queryOf({ ...filter, after })}`}
        onGo={(after) => control.change({ after })}
      />
    </LiveRows>
  );
}
