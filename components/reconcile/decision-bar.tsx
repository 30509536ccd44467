"use client";

import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { EvidencePart } from "#components/reconcile/evidence-part.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Evidence } from "#lib/reconcile/types.ts";

/** What a person may make of the evidence, beside adopting a candidate; or who may. */
export function DecisionBar({
  evidence,
  onNotCreated,
  onGiveUp,
}: {
  evidence: Evidence;
  onNotCreated: () => void;
  onGiveUp: () => void;
}) {
  const t = useTranslations("reconcile.decide");
  const { may, proposal, candidates } = evidence;
  return (
    <EvidencePart title={t("title")}>
      <div className="px-gutter grid gap-3">
        {proposal && (
          <Notice
            tone="look"
            icon={<Users aria-hidden />}
            title={
              proposal.isOwn
                ? t.rich("proposedOwn", { ago: () => <RelativeTime at={proposal.at} /> })
                : t.rich("proposed", {
                    who: proposal.by,
                    ago: () => <RelativeTime at={proposal.at} />,
                  })
            }
          >
            <q className="wrap-anywhere">{proposal.reason}</q>
            <span className="block">{t(proposal.isOwn ? "proposedOwnBody" : "proposedBody")}</span>
          </Notice>
        )}
        {may.decide ? (
          <>
            <p className="max-w-prose text-pretty text-ink-2">
              {t(candidates.length > 0 ? "bodyCandidates" : "body")}
            </p>
            <div className="flex flex-wrap gap-2">
              {may.sendAgain && !proposal?.isOwn && (
                <Button onClick={onNotCreated}>
                  {t(proposal ? "confirm" : may.needsSecondPerson ? "propose" : "notCreated")}
                </Button>
              )}
              <Button onClick={onGiveUp}>{t("giveUp")}</Button>
            </div>
            {!may.sendAgain && (
              <p className="max-w-prose text-xs text-pretty text-ink-2">
                {candidates.some(({ match }) => match === "same")
                  ? t.rich("fits", {
                      list: (words) => (
                        <Link tone="prose" href="/supplier-orders">
                          {words}
                        </Link>
                      ),
                    })
                  : t("early")}
              </p>
            )}
          </>
        ) : (
          <p className="max-w-prose text-pretty text-ink-2">{t("mayNot")}</p>
        )}
      </div>
    </EvidencePart>
  );
}
