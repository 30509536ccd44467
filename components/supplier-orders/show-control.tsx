"use client";

import { useTranslations } from "next-intl";
import { type Show, shows } from "#components/supplier-orders/list-filter.ts";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";

/** Whose supplier orders are shown; five words side by side, or one below the other on a phone. */
export function ShowControl({ show, onShow }: { show: Show; onShow: (show: Show) => void }) {
  // i18n-use: supplierOrders.show.*
  const t = useTranslations("supplierOrders.show");
  const options = shows.map((value) => ({ value, label: t(value) }));
  return (
    <>
      <SegmentedControl
        label={t("label")}
        value={show}
        onValueChange={onShow}
        options={options}
        className="max-lg:hidden"
      />
      <Select
        aria-label={t("label")}
        value={show}
        onChange={({ target }) => onShow(shows.find((one) => one === target.value) ?? "nobody")}
        options={options}
        className="w-48 max-md:w-full lg:hidden"
      />
    </>
  );
}
