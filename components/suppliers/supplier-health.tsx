"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type Health, healthOf, healthSince } from "#components/suppliers/health-of.ts";
import { healthSigns } from "#components/suppliers/health-signs.tsx";
import type { SupplierView } from "#components/suppliers/suppliers-view.ts";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";

/** Is it well: in a word, since when, what that means, and what the supplier said last if it isn't. */
export function SupplierHealth({ supplier, id }: { supplier: SupplierView; id: string }) {
  const t = useTranslations("suppliers");
  const { budget } = supplier;
  const health = healthOf(budget, useClock());
  const since = healthSince(budget, health);
  const { tone, icon } = healthSigns[health];
  const unwell = tone === "risk" || tone === "look";
  return (
    <div className="px-gutter grid gap-1.5 pt-4 pb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="text-lg font-semibold wrap-anywhere">
          {budget.name}
        </h2>
        <span suppressHydrationWarning>
          <StatusBadge tone={tone} icon={icon} look="soft">
            {t(`health.${health}.word`)}
          </StatusBadge>
        </span>
        {since && (
          <span className="text-xs text-ink-2">
            {t(`since.${sinceWord(health)}`)} <RelativeTime at={since} />
          </span>
        )}
      </div>
      <p suppressHydrationWarning className="max-w-prose text-pretty text-ink-2">
        <Meaning health={health} budget={budget} />
      </p>
      {unwell && health !== "slowed" && budget.lastError && budget.lastErrorAt && (
        <p className="max-w-prose border-l-2 border-line-strong pl-3 text-xs text-ink-2 wrap-anywhere">
          <span className="text-ink-3">
            {t("lastError")} <RelativeTime at={budget.lastErrorAt} />:
          </span>{" "}
          <q>{budget.lastError}</q>
        </p>
      )}
    </div>
  );
}

function Meaning({ health, budget }: { health: Health; budget: SupplierView["budget"] }) {
  // i18n-use: suppliers.health.*
  const t = useTranslations("suppliers.health");
  const format = useFormatter();
  const span = useSpan();
  const now = useClock();
  const until = (at: string | null) => span(at === null ? 0 : Date.parse(at) - now);
  switch (health) {
    case "silenced":
      return t("silenced.body", { span: until(budget.blockedUntil) });
    case "paused":
      return t("paused.body", {
        count: budget.failures,
        span: until(budget.openUntil),
      });
    case "slowed":
      return t("slowed.body", {
        rate: format.number(Math.round(budget.rate), "count"),
        most: format.number(budget.callsPerMinute, "count"),
      });
    case "ok":
    case "erroring":
    case "trying":
    case "unknown":
      return t(`${health}.body`);
  }
}

/** What the time beside the word is the time of. */
function sinceWord(health: Health): "answered" | "slowed" {
  return health === "silenced" || health === "slowed" ? "slowed" : "answered";
}
