import { TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { statusLooks } from "#components/orders/status.tsx";
import { finishedStates, listHref, openStates } from "#components/overview/links.ts";
import { Strip } from "#components/overview/strip.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";

/** A phone leaves out what is nowhere, down to the first figure of each line. */
const phoneRow = "max-md:[&>li:not(:first-child):has([data-zero])]:hidden";

/** How many orders are where; each figure leads to its orders. */
export function Counts({
  counts,
  attention,
}: {
  counts: Record<OrderStatus, number>;
  attention: number;
}) {
  const t = useTranslations("overview");
  return (
    <>
      <Strip title={t("open")}>
        <StatRow className={phoneRow}>
          <Count
            label={t("attention")}
            icon={<TriangleAlert aria-hidden />}
            tone="look"
            count={attention}
            href="/orders?attention=1"
          />
          {openStates.map((status) => (
            <StateCount key={status} status={status} count={counts[status]} />
          ))}
        </StatRow>
      </Strip>
      <Strip title={t("finished")}>
        <StatRow className={phoneRow}>
          {finishedStates.map((status) => (
            <StateCount key={status} status={status} count={counts[status]} />
          ))}
        </StatRow>
      </Strip>
    </>
  );
}

function StateCount({ status, count }: { status: OrderStatus; count: number }) {
  const t = useTranslations("orders.status");
  return (
    <Count {...statusLooks[status]} label={t(status)} count={count} href={listHref([status])} />
  );
}

function Count({
  label,
  icon,
  tone,
  count,
  href,
}: {
  label: string;
  icon: ReactNode;
  tone: Tone;
  count: number;
  href: string;
}) {
  const format = useFormatter();
  return (
    <Stat
      label={label}
      icon={icon}
      tone={count > 0 ? tone : "waiting"}
      value={
        <span {...(count === 0 && { "data-zero": "", className: "text-ink-3" })}>
          {format.number(count, "count")}
        </span>
      }
      href={href}
    />
  );
}
