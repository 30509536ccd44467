import { useTranslations } from "next-intl";
import { statusLooks } from "#components/orders/status.tsx";
import { CountStat, phoneRow } from "#components/overview/count-stat.tsx";
import { finishedHref, finishedStates, listHref, openStates } from "#components/overview/links.ts";
import { Strip } from "#components/overview/strip.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { Age } from "#components/ui/time.tsx";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { OrderRow } from "#lib/orders/types.ts";

/** How many orders are where, and the one open longest; each figure leads to its orders. */
export function OrderCounts({
  counts,
  finishedSince,
  oldest,
}: {
  counts: Record<OrderStatus, number>;
  finishedSince: string;
  oldest: OrderRow | undefined;
}) {
  const t = useTranslations("overview");
  return (
    <>
      <Strip title={t("open")}>
        <StatRow className={phoneRow}>
          <Stat
            label={t("oldestOne")}
            value={
              oldest ? (
                <Age at={oldest.createdAt} focusable={false} />
              ) : (
                <span className="text-ink-3">–</span>
              )
            }
            {...(oldest && { href: `/orders/${oldest.id}` })}
          />
          {openStates.map((status) => (
            <StateCount
              key={status}
              status={status}
              count={counts[status]}
              href={listHref([status])}
            />
          ))}
        </StatRow>
      </Strip>
      <Strip title={t("finished")}>
        <StatRow className={phoneRow}>
          {finishedStates.map((status) => (
            <StateCount
              key={status}
              status={status}
              count={counts[status]}
              href={finishedHref(status, finishedSince)}
            />
          ))}
        </StatRow>
      </Strip>
    </>
  );
}

type Counted = { status: OrderStatus; count: number; href: string };

function StateCount({ status, count, href }: Counted) {
  const t = useTranslations("orders.status");
  return <CountStat {...statusLooks[status]} label={t(status)} count={count} href={href} />;
}
