"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EvidencePart } from "#components/reconcile/evidence-part.tsx";
import { Button } from "#components/ui/button.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { Listing } from "#lib/reconcile/types.ts";

/** More than the latest few are shown only when asked for. */
const FIRST = 4;

/** Each reading of the supplier's list that was made to clear this up. */
export function ListingsTable({ listings }: { listings: Listing[] }) {
  const t = useTranslations("reconcile.listings");
  const [all, setAll] = useState(false);
  const title = t("title", { count: listings.length });
  if (listings.length === 0) {
    return (
      <EvidencePart title={title}>
        <p className="px-gutter text-ink-2">{t("none")}</p>
      </EvidencePart>
    );
  }
  return (
    <EvidencePart title={title}>
      <div className="border-t border-line">
        <Table label={title} sticky={false}>
          <THead>
            <TH>{t("made")}</TH>
            <TH grow>{t("reach")}</TH>
            <TH align="end">{t("pages")}</TH>
            <TH align="end">{t("seen")}</TH>
            <TH align="end">{t("found")}</TH>
          </THead>
          <TBody>
            {(all ? listings : listings.slice(0, FIRST)).map((listing) => (
              <TR key={listing.id}>
                <TD phone="title">
                  <RelativeTime at={listing.at} />
                </TD>
                <TD grow phone="full" className="whitespace-normal!">
                  <Reach listing={listing} />
                </TD>
                <TD align="end">{listing.pages}</TD>
                <TD align="end" phone="side">
                  {listing.seen}
                  <span className="text-ink-3 md:hidden"> {t("seenWord")}</span>
                </TD>
                <TD align="end" phone="end">
                  {listing.candidates}
                  <span className="text-ink-3 md:hidden"> {t("foundWord")}</span>
                </TD>
              </TR>
            ))}
          </TBody>
        </Table>
      </div>
      {!all && listings.length > FIRST && (
        <div className="px-gutter">
          <Button size="sm" onClick={() => setAll(true)}>
            {t("all", { count: listings.length })}
          </Button>
        </div>
      )}
    </EvidencePart>
  );
}

function Reach({ listing }: { listing: Listing }) {
  const t = useTranslations("reconcile.listings");
  if (listing.complete) {
    return (
      <StatusBadge tone="done" icon={<CircleCheck aria-hidden />}>
        {t("complete")}
      </StatusBadge>
    );
  }
  return (
    <>
      <StatusBadge tone="look" icon={<TriangleAlert aria-hidden />}>
        {t("broken")}
      </StatusBadge>
      {listing.problem && (
        <q className="ml-2 text-xs text-ink-2 wrap-anywhere">{listing.problem}</q>
      )}
    </>
  );
}
