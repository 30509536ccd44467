"use client";

import { HandHelping } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { MOST_HANDED_OUT } from "#lib/codes/hand-out-limits.ts";
import type { OrderDetail } from "#lib/orders/types.ts";

// Fetched when somebody hands out.
const loadDialog = async () => ({
  default: (await import("#components/codes/hand-out-dialog.tsx")).HandOutDialog,
});
const HandOutDialog = lazy(loadDialog);

/** Gives what came with an order and waits for its customer; nothing where nothing waits. */
export function HandOutReserved({ order }: { order: OrderDetail }) {
  const t = useTranslations("codes.handOut");
  /** How many waited when somebody asked: what is posted again is the same. */
  const [asked, setAsked] = useState<number | null>(null);
  const { id: orderId, customerRef, productName: name, may } = order;
  const count = order.items.reduce(
    (sum, { codes }) => sum + codes.filter(({ state }) => state === "reserved").length,
    0,
  );
  // A dialog that shows what was given stays, although nothing waits any more.
  if (asked === null && (!may.handOut || order.isMock || customerRef === null || count === 0))
    return null;
  return (
    <>
      {count > 0 && (
        <Button
          size="sm"
          icon={<HandHelping aria-hidden />}
          onPointerEnter={() => void loadDialog()}
          onFocus={() => void loadDialog()}
          onClick={() => setAsked(count)}
        >
          {t("reserved", { count: Math.min(count, MOST_HANDED_OUT) })}
        </Button>
      )}
      <Suspense>
        {asked !== null && (
          <HandOutDialog
            giving={{
              kind: "order",
              orderId,
              name,
              count: asked,
              customerRef: customerRef ?? "",
            }}
            mayReveal={may.reveal}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </>
  );
}
