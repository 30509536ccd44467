"use client";

import { useFormatter, useTranslations } from "next-intl";
import { callsByKind, totalsOf } from "#components/suppliers/calls-by-kind.ts";
import { isSlowed } from "#components/suppliers/health-of.ts";
import { oneDigit, percent } from "#components/suppliers/number-formats.ts";
import type { SupplierView } from "#components/suppliers/suppliers-view.ts";
import { Link } from "#components/ui/link.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Stat, StatRow } from "#components/ui/stat.tsx";

/** What it may be asked, what it was asked, what that brought, and what still waits. */
export function Figures({ supplier: { budget, load } }: { supplier: SupplierView }) {
  const t = useTranslations("suppliers.figures");
  const format = useFormatter();
  const count = (value: number) => format.number(value, "count");
  const { lastMinute, lastHour, usefulShare, perCompleted } = totalsOf(
    callsByKind(budget.calls),
    load.completedLastHour,
  );
  const rate = Math.round(budget.rate);
  const most = budget.callsPerMinute;
  return (
    <StatRow>
      <Stat
        label={t("rate")}
        value={
          <span className="grid gap-1.5">
            <span>
              {count(rate)}
              <span className="text-sm font-normal text-ink-2">
                {" "}
                {t("ofMost", { most: count(most) })}
              </span>
            </span>
            <Meter
              value={rate}
              of={most}
              tone={isSlowed(budget) ? "look" : "accent"}
              className="mb-1 max-w-48"
            />
          </span>
        }
        hint={t("lastMinute", { count: lastMinute })}
      />
      <Stat
        label={t("calls")}
        value={count(lastHour)}
        hint={
          usefulShare === null
            ? t("noLooks")
            : t("useful", { share: format.number(usefulShare, percent) })
        }
      />
      <Stat
        label={t("each")}
        value={
          perCompleted === null ? (
            <span className="text-ink-3">–</span>
          ) : (
            format.number(perCompleted, oneDigit)
          )
        }
        hint={t("completed", { count: load.completedLastHour })}
      />
      <Stat label={t("waiting")} value={count(load.waiting)} hint={<Late load={load} />} />
    </StatRow>
  );
}

/** What of it is late, with the way there; a word where nothing is. */
function Late({ load }: { load: SupplierView["load"] }) {
  const t = useTranslations("suppliers.figures");
  if (load.overdue === 0 && load.retrying === 0) return t("inTime", { count: load.due });
  return (
    <span className="flex flex-wrap gap-x-3">
      {load.overdue > 0 && (
        <Link href="/orders?overdue=1" tone="prose">
          {t("overdue", { count: load.overdue })}
        </Link>
      )}
      {load.retrying > 0 && (
        <Link href="/orders?retrying=1" tone="prose">
          {t("retrying", { count: load.retrying })}
        </Link>
      )}
    </span>
  );
}
