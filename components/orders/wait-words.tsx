"use client";

import { useFormatter, useTranslations } from "next-intl";
import { stretchOf, type WaitReason, waitReason } from "#components/orders/wait-reason.ts";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { OrderDetail } from "#lib/orders/types.ts";

/** Pauses, silence and failures have waits of their own, whatever the schedule would have. */
const outside: readonly WaitReason["kind"][] = [
  ...(["orderingPaused", "pollingPaused"] as const),
  ...(["silenced", "paused", "failing"] as const),
];

/** Why it waits as long as it does, in a sentence or two. */
export function WaitWords({ order }: { order: OrderDetail }) {
  const t = useTranslations("orders.wait");
  const format = useFormatter();
  const reason = waitReason(order, useClock());
  const stretch = stretchOf(order);
  if (!reason) return null;
  const schedule = !outside.includes(reason.kind);
  return (
    <p suppressHydrationWarning className="max-w-prose text-pretty text-ink-2">
      <Reason reason={reason} />
      {schedule &&
        stretch !== null &&
        ` ${t("stretched", { times: format.number(stretch, { maximumFractionDigits: 1 }) })}`}
    </p>
  );
}

function Reason({ reason }: { reason: WaitReason }) {
  // i18n-use: orders.wait.*
  const t = useTranslations("orders.wait");
  const span = useSpan();
  const now = useClock();
  switch (reason.kind) {
    case "orderingPaused":
    case "pollingPaused": {
      const { until, why, by } = reason.pause;
      return t(reason.kind, { by, why, span: span(Date.parse(until) - now) });
    }
    case "silenced":
    case "paused":
      return t(reason.kind, { span: span(Date.parse(reason.until) - now) });
    case "slow":
    case "swept":
      return t(reason.kind, { span: span(reason.everyMs) });
    case "learned":
      return t("learned", { count: reason.samples });
    case "failing":
    case "unlearnt":
    case "steady":
    case "backoff":
      return t(reason.kind);
  }
}
