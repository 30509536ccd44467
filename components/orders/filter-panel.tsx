"use client";

import { useTranslations } from "next-intl";
import { type MockChoice, mockChoices } from "#components/orders/list-filter.ts";
import { OrderStatusBadge } from "#components/orders/status.tsx";
import type { ListFilterControl } from "#components/orders/use-list-filter.ts";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { ORDER_STATUSES } from "#lib/orders/lifecycle.ts";

/** The choices of the filter menu. */
export function FilterPanel({ filter, change }: Pick<ListFilterControl, "filter" | "change">) {
  const t = useTranslations("orders.list");
  return (
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
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("lookTitle")}</legend>
        {(["retrying", "overdue"] as const).map((name) => (
          <Checkbox
            key={name}
            label={t(name)}
            checked={filter[name]}
            onChange={({ target }) => change({ [name]: target.checked })}
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
  );
}
