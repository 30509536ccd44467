"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RowQuestion } from "#components/supplier-orders/row-question.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { RelativeTime } from "#components/ui/time.tsx";
import type { SupplierOrderRow } from "#lib/reconcile/types.ts";

/** Whose a supplier order is, who said so and why; or the two ways of saying it. */
export function Whose({
  row,
  onAsk,
}: {
  row: SupplierOrderRow;
  onAsk?: (question: RowQuestion) => void;
}) {
  const t = useTranslations("supplierOrders.whose");
  const { attribution, orderId, supplierOrderId, adopters, alertedAt } = row;
  if (attribution !== null) {
    return (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {attribution === "ours" ? null : (
          <Badge tip={t(`${attribution}.tip`)}>{t(`${attribution}.word`)}</Badge>
        )}
        {orderId && (
          <Link href={`/orders/${orderId}`}>
            {t("order")} <span className="font-mono text-xs">{shortId(orderId)}</span>
          </Link>
        )}
        <SaidBy row={row} />
      </span>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-2 xl:flex-nowrap">
      {alertedAt ? (
        <Badge tone="look" icon={<TriangleAlert aria-hidden />}>
          {t("nobody")}
        </Badge>
      ) : (
        <Badge tip={t("lookingTip")}>{t("looking")}</Badge>
      )}
      {onAsk && (
        <span className="flex items-center gap-2">
          {adopters.length > 0 && (
            <Button
              size="sm"
              aria-label={t("adoptOne", { id: supplierOrderId })}
              onClick={() => onAsk({ kind: "adopt", row })}
            >
              {t("adopt")}
            </Button>
          )}
          <Button
            size="sm"
            aria-label={t("foreignOne", { id: supplierOrderId })}
            onClick={() => onAsk({ kind: "foreign", row })}
          >
            {t("foreign.do")}
          </Button>
        </span>
      )}
    </span>
  );
}

function SaidBy({ row: { attributedBy, attributedAt, reason } }: { row: SupplierOrderRow }) {
  const t = useTranslations("supplierOrders.whose");
  if (!reason || !attributedBy || !attributedAt) return null;
  return (
    <span className="min-w-0 text-xs text-ink-2">
      {t.rich("said", {
        who: attributedBy,
        ago: () => <RelativeTime at={attributedAt} focusable={false} />,
      })}{" "}
      <q className="inline-block max-w-60 truncate align-bottom" data-tip={reason}>
        {reason}
      </q>
    </span>
  );
}
