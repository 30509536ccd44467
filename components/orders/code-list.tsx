"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RevealControl } from "#components/codes/use-reveal.ts";
import { CodeLine } from "#components/orders/code-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { isOpen } from "#lib/orders/lifecycle.ts";
import type { OrderDetail, OrderItemView } from "#lib/orders/types.ts";

/** More than these are shown only when asked for; hundreds of rows help nobody. */
const FIRST = 50;

/** The codes of one item; or why there are none. */
export function CodeList({
  item,
  order,
  control,
}: {
  item: OrderItemView;
  order: OrderDetail;
  control: RevealControl;
}) {
  const t = useTranslations("orders.items");
  const [all, setAll] = useState(false);
  const { codes } = item;
  if (codes.length === 0) {
    // What is in doubt may bring codes yet.
    const open = isOpen(order.status) || order.status === "unconfirmed";
    const why = item.isService ? "service" : open ? "waiting" : "ended";
    return <p className="text-ink-2">{t(`none.${why}`)}</p>;
  }
  const short = !item.isService && codes.length < item.quantity;
  return (
    <div className="grid gap-2">
      {short && (
        <p className="text-xs text-look">
          {t("fewer", { got: codes.length, expected: item.quantity })}
        </p>
      )}
      <ol aria-label={t("codes")} className="border-b border-line">
        {(all ? codes : codes.slice(0, FIRST)).map((code) => (
          <CodeLine
            key={code.id}
            code={code}
            orderStatus={order.status}
            mayReveal={order.may.reveal}
            control={control}
          />
        ))}
      </ol>
      {!all && codes.length > FIRST && (
        <Button size="sm" onClick={() => setAll(true)} className="w-fit">
          {t("showAll", { count: codes.length })}
        </Button>
      )}
    </div>
  );
}
