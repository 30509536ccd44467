import { clsx } from "clsx";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { MockBadge } from "#components/orders/mock-badge.tsx";
import { OrderStatusBadge, SignalBadges } from "#components/orders/status.tsx";
import { Money } from "#components/ui/money.tsx";
import { RowLink, TD } from "#components/ui/table.tsx";
import { Age, RelativeTime } from "#components/ui/time.tsx";
import type { OrderRow } from "#lib/orders/types.ts";

/** One order in a table: on a phone product and total above, state and age below. */
export function OrderRowCells({
  row,
  brief = false,
  gone = false,
}: {
  row: OrderRow;
  brief?: boolean;
  gone?: boolean;
}) {
  const t = useTranslations("orders.table");
  // The state itself says that it is unconfirmed.
  const signals = row.signals.filter((signal) => signal !== row.status);
  return (
    <>
      <TD phone="meta">
        <span {...(gone && { "data-tip": t("gone") })} className="flex items-center gap-2">
          <OrderStatusBadge status={row.status} />
          <SignalBadges signals={signals} most={1} tight />
        </span>
      </TD>
      <TD grow phone="title">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">
            <RowLink href={`/orders/${row.id}`}>{row.productName}</RowLink>
            {row.moreItems > 0 && (
              <span className="text-ink-3"> {t("more", { count: row.moreItems })}</span>
            )}
          </span>
          {row.isMock && <MockBadge tight />}
        </span>
      </TD>
      <TD align="end">{row.quantity}</TD>
      <TD align="end">
        <Codes row={row} />
      </TD>
      <TD align="end" phone="side">
        <Money amount={row.total} currency={row.currency} aligned />
      </TD>
      {!brief && (
        <TD from="xl">
          <span className="block max-w-40 truncate text-ink-2">{row.customerRef ?? "–"}</span>
        </TD>
      )}
      <TD align="end" phone="end">
        <Age at={row.createdAt} focusable={false} />
      </TD>
      {!brief && (
        <TD from="lg">
          <LastLooked row={row} />
        </TD>
      )}
      {!brief && (
        <TD from="wide">
          <span className="block max-w-36 truncate text-ink-2">{row.placedBy}</span>
        </TD>
      )}
    </>
  );
}

function Codes({ row }: { row: OrderRow }) {
  const t = useTranslations("orders.table");
  const { codesStored: got, codesExpected: expected } = row;
  if (expected === 0) {
    return (
      <span className="text-ink-3" data-tip={t("noCodes")}>
        –<span className="sr-only">{t("noCodes")}</span>
      </span>
    );
  }
  return (
    <span data-tip={t("codesOf", { got, expected })} className={clsx(got === 0 && "text-ink-3")}>
      {got}/{expected}
    </span>
  );
}

function LastLooked({ row }: { row: OrderRow }) {
  const t = useTranslations("orders.table");
  const failed = row.failedLooks > 0 ? t("failedLooks", { count: row.failedLooks }) : null;
  if (!row.lastLookedAt) {
    return (
      <span className="text-ink-3" data-tip={t("notLooked")}>
        –<span className="sr-only">{t("notLooked")}</span>
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-2">
      <RelativeTime at={row.lastLookedAt} focusable={false} />
      {failed && (
        <span data-tip={failed} className="inline-flex text-look-solid">
          <TriangleAlert aria-hidden className="size-3.5" />
          <span className="sr-only">{failed}</span>
        </span>
      )}
    </span>
  );
}
