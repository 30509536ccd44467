"use client";

import { useFormatter, useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Money } from "#components/ui/money.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { ROOM_HOURS, type RoomFilter } from "#lib/balance/room-policy.ts";
import type { BalanceBucket } from "#lib/balance/types.ts";

const Chart = lazy(async () => ({ default: (await import("./balance-chart.tsx")).BalanceChart }));

/** The drawing, for as long as one likes, and the same as a table. */
export function BalanceHistory({
  buckets,
  currency,
  hours,
  onHours,
}: {
  buckets: readonly BalanceBucket[];
  currency: string;
  hours: RoomFilter["hours"];
  onHours: (hours: RoomFilter["hours"]) => void;
}) {
  const t = useTranslations("balance.chart");
  const format = useFormatter();
  const [isTable, setIsTable] = useState(false);
  return (
    <div className="grid gap-3 border-t border-line py-4">
      <div className="px-gutter flex flex-wrap items-center justify-between gap-3">
        <SegmentedControl
          label={t("range")}
          value={String(hours)}
          onValueChange={(value) => {
            const chosen = ROOM_HOURS.find((one) => String(one) === value);
            if (chosen) onHours(chosen);
          }}
          options={ROOM_HOURS.map((value) => ({
            value: String(value),
            label: t("rangeHours", { hours: value }),
          }))}
        />
        <Button
          size="sm"
          disabled={buckets.length === 0}
          aria-expanded={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          {t("show", { shown: String(isTable) })}
        </Button>
      </div>
      <div className="px-gutter min-h-55">
        {buckets.length === 0 ? (
          <p className="text-ink-2">{t("none")}</p>
        ) : (
          <Suspense fallback={<Skeleton className="h-55 w-full" />}>
            <Chart buckets={buckets} currency={currency} hours={hours} />
          </Suspense>
        )}
      </div>
      {isTable && buckets.length > 0 && (
        <Table label={t("title")} sticky={false}>
          <THead>
            <TH grow>{t("time")}</TH>
            <TH align="end">{t("available")}</TH>
            <TH align="end">{t("spent")}</TH>
            <TH align="end">{t("orders")}</TH>
            <TH align="end">{t("toppedUp")}</TH>
          </THead>
          <TBody>
            {buckets.toReversed().map((bucket) => (
              <TR key={bucket.at}>
                <TD grow phone="title">
                  {format.dateTime(new Date(bucket.at), "exact")}
                </TD>
                <TD align="end" phone="side">
                  <Money amount={bucket.available} currency={currency} aligned />
                </TD>
                <TD align="end" phone="meta">
                  <Money amount={bucket.spent} currency={currency} aligned />
                </TD>
                <TD align="end">{bucket.orders}</TD>
                <TD align="end">
                  <Money amount={bucket.toppedUp} currency={currency} aligned />
                </TD>
              </TR>
            ))}
          </TBody>
        </Table>
      )}
    </div>
  );
}
