"use client";

import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Money } from "#components/ui/money.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { TopUpView } from "#lib/balance/types.ts";

/** What people noted of money put in, newest first; voided ones stay to be seen. */
export function TopUpsTable({
  topUps,
  currency,
  onVoid,
}: {
  topUps: readonly TopUpView[];
  currency: string;
  /** Null for whoever may not. */
  onVoid: ((topUp: TopUpView) => void) | null;
}) {
  const t = useTranslations("balance");
  return (
    <Table label={t("topUps")} sticky={false}>
      <THead>
        <TH>{t("topUp.at")}</TH>
        <TH align="end">{t("amount")}</TH>
        <TH grow>{t("topUp.note")}</TH>
        <TH>{t("step.state")}</TH>
      </THead>
      <TBody>
        {topUps.map((topUp) => (
          <TR key={topUp.id}>
            <TD phone="end">
              <RelativeTime at={topUp.at} />
            </TD>
            <TD align="end" phone="title">
              <Money
                amount={topUp.amount}
                currency={currency}
                sign
                aligned
                {...(topUp.voided && { className: "text-ink-3 line-through" })}
              />
            </TD>
            <TD grow phone="meta">
              <span className="wrap-anywhere">
                {topUp.actorName}
                {topUp.note && <q className="ml-2 text-ink-2">{topUp.note}</q>}
              </span>
            </TD>
            <TD phone="side">
              {topUp.voided ? (
                <span className="text-xs text-ink-2 wrap-anywhere">
                  {t("topUp.voided", { name: topUp.voided.by, reason: topUp.voided.reason })}
                </span>
              ) : (
                <span className="flex flex-wrap items-center gap-2">
                  <Badge tone={topUp.isSeen ? "done" : "waiting"}>
                    {t(topUp.isSeen ? "topUp.seen" : "topUp.unseen")}
                  </Badge>
                  {onVoid && (
                    <Button size="sm" onClick={() => onVoid(topUp)}>
                      {t("topUp.void")}
                    </Button>
                  )}
                </span>
              )}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}
