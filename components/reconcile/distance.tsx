"use client";

import { useFormatter, useTranslations } from "next-intl";
import { distanceOf } from "#components/reconcile/distance-of.ts";

/** "3.2 s after the send". */
export function Distance({ distanceMs }: { distanceMs: number }) {
  const t = useTranslations("reconcile.distance");
  const format = useFormatter();
  const { when, unit, amount } = distanceOf(distanceMs);
  // i18n-use: reconcile.distance.*
  const span = t(unit, { amount: format.number(amount, { maximumFractionDigits: 1 }) });
  return <span className="whitespace-nowrap">{t(when, { span })}</span>;
}
