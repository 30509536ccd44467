"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SupplierWords } from "#components/orders/supplier-words.tsx";
import { WaitWords } from "#components/orders/wait-words.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { isOverdue } from "#lib/orders/overdue-policy.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

/** When it is looked at next and why then, when it last was and what that brought, and how often. */
export function LookLine({ order }: { order: OrderPageView }) {
  const t = useTranslations("orders.looks");
  const { nextPollAt, lastLookedAt, failedLooks, looks } = order;
  // What is known of an order in doubt says more below.
  if (order.evidence) return null;
  return (
    <div className="grid gap-2 text-xs">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {nextPollAt ? (
          <Fact term={t(order.status === "submitting" ? "nextTry" : "next")}>
            <Until at={nextPollAt} />
          </Fact>
        ) : (
          <div>
            <dt className="sr-only">{t("next")}</dt>
            <dd>{t(order.status === "unconfirmed" ? "waits" : "done")}</dd>
          </div>
        )}
        {lastLookedAt && (
          <Fact term={t("last")}>
            <RelativeTime at={lastLookedAt} />
            {failedLooks === 0 && order.supplierWord && (
              <span>
                {": "}
                <q>{order.supplierWord}</q>
              </span>
            )}
          </Fact>
        )}
        {looks > 0 && (
          <Fact term={t("tries")}>
            {t("count", { count: looks })}
            {failedLooks > 0 && (
              <span className="text-look">
                {", "}
                {t("failedInARow", { count: failedLooks })}
              </span>
            )}
          </Fact>
        )}
      </dl>
      <WaitWords order={order} />
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

function Fact({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-3">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

/** "in 12 s"; "due now" once it is over; late, and said so, after a minute more. */
function Until({ at }: { at: string }) {
  const t = useTranslations("orders.looks");
  const span = useSpan();
  const now = useClock();
  const leftMs = Date.parse(at) - now;
  if (isOverdue(at, now)) {
    return (
      <span
        suppressHydrationWarning
        className="inline-flex items-center gap-1 font-medium text-look [&_.lucide]:size-3.5"
      >
        <TriangleAlert aria-hidden />
        {t("overdue", { span: span(-leftMs) })}
      </span>
    );
  }
  return (
    <span suppressHydrationWarning>
      {leftMs < 1_000 ? t("due") : t("in", { span: span(leftMs) })}
    </span>
  );
}
