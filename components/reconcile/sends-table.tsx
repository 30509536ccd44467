"use client";

import { useTranslations } from "next-intl";
import { EvidencePart } from "#components/reconcile/evidence-part.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { UnclearSend } from "#lib/reconcile/types.ts";

/** What was sent when, and what came back. */
export function SendsTable({ sends }: { sends: UnclearSend[] }) {
  const t = useTranslations("reconcile.sends");
  const span = useSpan();
  if (sends.length === 0) return null;
  return (
    <EvidencePart title={t("title", { count: sends.length })}>
      <div className="border-t border-line">
        <Table label={t("title", { count: sends.length })} sticky={false}>
          <THead>
            <TH>{t("sent")}</TH>
            <TH grow>{t("answer")}</TH>
            <TH align="end">{t("after")}</TH>
          </THead>
          <TBody>
            {sends.map((send) => (
              <TR key={send.id}>
                <TD phone="title">
                  <ExactTime at={send.firstByteAt ?? send.at} />
                </TD>
                <TD grow phone="full" className="whitespace-normal!">
                  <span className="wrap-anywhere">
                    {send.reason ?? t(send.endedAt ? "noWords" : "noAnswer")}
                    {send.httpStatus !== null && ` (HTTP ${send.httpStatus})`}
                  </span>
                  {!send.firstByteAt && (
                    <span className="block text-xs text-ink-2">{t("noByte")}</span>
                  )}
                </TD>
                <TD align="end" phone="side">
                  {send.endedAt ? span(Date.parse(send.endedAt) - Date.parse(send.at)) : "–"}
                </TD>
              </TR>
            ))}
          </TBody>
        </Table>
      </div>
    </EvidencePart>
  );
}
