"use client";

import { Hourglass, UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isForPerson } from "#components/orders/standing.ts";
import { countdown } from "#components/reconcile/countdown.ts";
import { waitReason } from "#components/reconcile/wait-reason.ts";
import { Definition } from "#components/ui/definition-list.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { Evidence } from "#lib/reconcile/types.ts";

/** Why it waits, until when, and what that rests on. */
export function WaitSummary({ evidence }: { evidence: Evidence }) {
  const t = useTranslations("reconcile");
  const span = useSpan();
  const { gate, mode, assumptions, candidates } = evidence;
  const reason = waitReason(evidence);
  const forPerson = isForPerson(evidence);
  return (
    <div className="px-gutter grid gap-4">
      <Notice
        tone={forPerson ? "look" : "info"}
        icon={forPerson ? <UserRoundCheck aria-hidden /> : <Hourglass aria-hidden />}
        title={t(`wait.${reason}.title`)}
      >
        {t(`wait.${reason}.body`, {
          count: candidates.length,
          pages: evidence.searchedInVain?.pages ?? 0,
        })}
        {/* Words for what has no sentence of its own. */}
        {reason === "person" && gate?.why && <q className="block">{gate.why}</q>}
      </Notice>
      {gate && (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
          <Definition term={t("held")}>
            <RelativeTime at={gate.frozenAt} />
          </Definition>
          <Definition term={t("next")}>
            <Left at={gate.nextPassAt} word="inNext">
              {t("due")}
            </Left>
          </Definition>
          {gate.settledAt && (
            <Definition term={t("settled")}>
              <Left at={gate.settledAt} word="in">
                {t("over")}
              </Left>
              <span className="block text-xs text-ink-3">
                <ExactTime at={gate.settledAt} className="whitespace-normal!" />
              </span>
            </Definition>
          )}
        </dl>
      )}
      <div className="grid max-w-prose gap-1 text-xs text-pretty text-ink-2">
        <p className="font-medium text-ink">{t(`mode.${mode}.word`)}</p>
        <p>{t(`mode.${mode}.body`)}</p>
        <p>
          {t(assumptions.isExclusive ? "assumed.alone" : "assumed.shared", {
            span: span(assumptions.settlingMs),
          })}
        </p>
      </div>
    </div>
  );
}

/** "in 7:12", counting; the children once it is over. */
function Left({ at, word, children }: { at: string; word: "in" | "inNext"; children: ReactNode }) {
  const t = useTranslations("reconcile");
  // i18n-use: reconcile.in
  // i18n-use: reconcile.inNext
  const leftMs = Date.parse(at) - useClock();
  return (
    <span suppressHydrationWarning>
      {leftMs > 0 ? t(word, { left: countdown(leftMs) }) : children}
    </span>
  );
}
