"use client";

import { CircleCheck, CircleQuestionMark } from "lucide-react";
import { useTranslations } from "next-intl";
import { Distance } from "#components/reconcile/distance.tsx";
import { EvidencePart } from "#components/reconcile/evidence-part.tsx";
import { Button } from "#components/ui/button.tsx";
import { Money } from "#components/ui/money.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Candidate } from "#lib/reconcile/types.ts";

type Props = {
  candidates: Candidate[];
  /** Of the order; the supplier may leave it out. */
  currency: string;
  /** Left out for whoever may not decide. */
  onAdopt?: (candidate: Candidate) => void;
  onForeign?: (candidate: Candidate) => void;
};

/** The supplier orders that may be the one that was asked for. */
export function CandidatesTable(props: Props) {
  const { candidates } = props;
  const t = useTranslations("reconcile.candidates");
  const title = t("title", { count: candidates.length });
  return (
    <EvidencePart title={title}>
      {candidates.length === 0 ? (
        <p className="px-gutter text-ink-2">{t("none")}</p>
      ) : (
        <div className="border-t border-line">
          <CandidateRows label={title} {...props} />
        </div>
      )}
    </EvidencePart>
  );
}

function CandidateRows({
  label,
  candidates,
  currency,
  onAdopt,
  onForeign,
}: Props & { label: string }) {
  const t = useTranslations("reconcile.candidates");
  return (
    <Table label={label} sticky={false}>
      <THead>
        <TH>{t("id")}</TH>
        <TH>{t("word")}</TH>
        <TH align="end">{t("total")}</TH>
        <TH>{t("created")}</TH>
        <TH>{t("match")}</TH>
        {onAdopt && <TH hideLabel>{t("action")}</TH>}
      </THead>
      <TBody>
        {candidates.map((candidate) => (
          <TR key={candidate.supplierOrderId}>
            <TD phone="title">
              <MonoId value={candidate.supplierOrderId} copyLabel={t("copy")} />
            </TD>
            <TD phone="meta">
              <q>{candidate.word}</q>
            </TD>
            <TD align="end" phone="side">
              <Money amount={candidate.total} currency={candidate.currency ?? currency} />
            </TD>
            <TD phone="end">
              <Created candidate={candidate} />
            </TD>
            <TD phone="full">
              <Match match={candidate.match} />
            </TD>
            {onAdopt && (
              <TD align="end" phone="full">
                <span className="inline-flex flex-wrap gap-1.5">
                  <Button
                    size="sm"
                    onClick={() => onAdopt(candidate)}
                    aria-label={t("adoptOne", { id: candidate.supplierOrderId })}
                  >
                    {t("adopt")}
                  </Button>
                  {onForeign && (
                    <Button
                      size="sm"
                      onClick={() => onForeign(candidate)}
                      aria-label={t("foreignOne", { id: candidate.supplierOrderId })}
                    >
                      {t("foreign")}
                    </Button>
                  )}
                </span>
              </TD>
            )}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** When it was created, as far from the send as the supplier's clock says. */
function Created({ candidate }: { candidate: Candidate }) {
  const t = useTranslations("reconcile.candidates");
  const { createdAt, distanceMs, firstSeenAt } = candidate;
  if (distanceMs !== null) return <Distance distanceMs={distanceMs} />;
  if (createdAt) return <RelativeTime at={createdAt} />;
  return (
    <>
      {t("seen")} <RelativeTime at={firstSeenAt} />
    </>
  );
}

function Match({ match }: { match: Candidate["match"] }) {
  const t = useTranslations("reconcile.candidates");
  return match === "same" ? (
    <StatusBadge tone="done" icon={<CircleCheck aria-hidden />}>
      {t("same")}
    </StatusBadge>
  ) : (
    <span data-tip={t("unclearTip")}>
      <StatusBadge tone="look" icon={<CircleQuestionMark aria-hidden />}>
        {t("unclear")}
      </StatusBadge>
    </span>
  );
}
