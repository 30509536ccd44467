"use client";

import { ListFilter as FilterIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MockChoice, mockChoices } from "#components/orders/list-filter.ts";
import { OrderStatusBadge } from "#components/orders/status.tsx";
import type { ListFilterControl } from "#components/orders/use-list-filter.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";

/** States and mock orders, chosen in one panel; each choice takes effect at once. */
export function FilterMenu({ filter, change }: Pick<ListFilterControl, "filter" | "change">) {
  const t = useTranslations("orders.list");
  const count = filter.status.length + (filter.mock === "all" ? 0 : 1);
  return (
    <Popover
      label={t("filter")}
      align="start"
      button={
        <>
          <FilterIcon aria-hidden />
          {t("filter")}
          {count > 0 && <span className="text-ink-3">{count}</span>}
        </>
      }
      buttonProps={{ className: buttonClass() }}
    >
      <div className="grid max-h-[70dvh] w-58 gap-4 overflow-y-auto p-3">
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("status")}</legend>
          {ORDER_STATUSES.map((status) => (
            <Checkbox
              key={status}
              label={<OrderStatusBadge status={status} />}
              checked={filter.status.includes(status)}
              onChange={({ target }) =>
                change({
                  status: ORDER_STATUSES.filter((other) =>
                    other === status ? target.checked : filter.status.includes(other),
                  ),
                })
              }
            />
          ))}
        </fieldset>
        <RadioGroup
          legend={t("mock.label")}
          name="mock"
          value={filter.mock}
          options={mockChoices.map((value) => ({ value, label: t(`mock.${value}`) }))}
          onValueChange={(mock) => change({ mock: mock as MockChoice })}
        />
      </div>
    </Popover>
  );
}
