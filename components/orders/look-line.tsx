"use client";

import { useTranslations } from "next-intl";
import { SupplierWords } from "#components/orders/supplier-words.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

/** When it is looked at next, when it last was, and how often. */
export function LookLine({ order }: { order: OrderPageView }) {
  const t = useTranslations("orders.looks");
  const { nextPollAt, lastLookedAt, failedLooks } = order;
  // What is known of an order in doubt says more below.
  if (order.evidence) return null;
  return (
    <div className="grid gap-2 text-xs">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {nextPollAt ? (
          <div className="flex gap-1.5">
            <dt className="text-ink-3">{t(order.status === "submitting" ? "nextTry" : "next")}</dt>
            <dd>
              <Until at={nextPollAt} />
            </dd>
          </div>
        ) : (
          <div>
            <dt className="sr-only">{t("next")}</dt>
            <dd>{t(order.status === "unconfirmed" ? "waits" : "done")}</dd>
          </div>
        )}
        {lastLookedAt && (
          <div className="flex gap-1.5">
            <dt className="text-ink-3">{t("last")}</dt>
            <dd>
              <RelativeTime at={lastLookedAt} />
              <span className="ml-3 text-ink-3">{t("count", { count: order.looks })}</span>
            </dd>
          </div>
        )}
      </dl>
      {failedLooks > 0 && order.lastLookError && (
        <SupplierWords
          label={t("failed", { count: failedLooks })}
          words={order.lastLookError}
          className="max-w-prose"
        />
      )}
    </div>
  );
}

/** "in 12 s"; "due now" once it is over. */
function Until({ at }: { at: string }) {
  const t = useTranslations("orders.looks");
  const span = useSpan();
  const leftMs = Date.parse(at) - useClock();
  return (
    <span suppressHydrationWarning>
      {leftMs < 1_000 ? t("due") : t("in", { span: span(leftMs) })}
    </span>
  );
}
