"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import type { RevealControl } from "#components/codes/use-reveal.ts";
import { CodeList } from "#components/orders/code-list.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Money } from "#components/ui/money.tsx";
import type { OrderDetail, OrderItemView } from "#lib/orders/types.ts";
import { multiply } from "#lib/platform/money.ts";

// Few items have one.
const ItemError = lazy(async () => ({
  default: (await import("#components/orders/item-error.tsx")).ItemError,
}));

/** One product of the order: what it cost, what was sent with it, what came. */
export function OrderItem({
  item,
  order,
  control,
}: {
  item: OrderItemView;
  order: OrderDetail;
  control: RevealControl;
}) {
  const t = useTranslations("orders");
  const { quantity, unitPrice, note } = item;
  const { currency } = order;
  return (
    <li className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="min-w-0 wrap-anywhere">{item.productName}</span>
          {item.region && <Badge>{item.region}</Badge>}
        </h3>
        <span className="text-ink-2">
          {quantity} × <Money amount={unitPrice} currency={currency} />
          {quantity > 1 && (
            <>
              {" = "}
              <Money amount={multiply(unitPrice, quantity)} currency={currency} />
            </>
          )}
        </span>
      </div>
      <Suspense>{item.error && <ItemError error={item.error} />}</Suspense>
      {note && Object.keys(note).length > 0 && (
        <div className="grid gap-1">
          <h4 className="text-xs font-medium text-ink-2">{t("items.note")}</h4>
          <DefinitionList columns>
            {Object.entries(note).map(([name, value]) => (
              <Definition key={name} term={name}>
                {value}
              </Definition>
            ))}
          </DefinitionList>
        </div>
      )}
      <CodeList item={item} order={order} control={control} />
      {item.userGuide && (
        <details className="group">
          <summary className="flex w-fit items-center gap-1 rounded-sm text-xs text-ink-2 select-none hover:text-ink pointer-coarse:min-h-11">
            <ChevronRight
              aria-hidden
              className="size-3.5 transition-transform group-open:rotate-90"
            />
            {t("items.guide")}
          </summary>
          <p className="mt-1 max-w-prose pl-4.5 whitespace-pre-line text-ink-2 wrap-anywhere">
            {item.userGuide}
          </p>
        </details>
      )}
    </li>
  );
}
