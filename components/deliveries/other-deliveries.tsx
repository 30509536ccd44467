"use client";

import { useTranslations } from "next-intl";
import { EndpointName } from "#components/deliveries/channel.tsx";
import { DeliveryStateBadge } from "#components/deliveries/delivery-state.tsx";
import { ReasonWord } from "#components/deliveries/reason-word.tsx";
import { Section } from "#components/ui/section.tsx";
import { RowLink, Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { OtherDelivery } from "#lib/deliveries/read-delivery.ts";

/** Who else was told of the same event, and what was sent again. */
export function OtherDeliveries({ others }: { others: readonly OtherDelivery[] }) {
  const t = useTranslations("deliveryActs.others");
  const words = useTranslations("deliveries");
  return (
    <Section title={t("title")} flush>
      <Table label={t("title")} sticky={false}>
        <THead>
          <TH grow>{words("endpoint")}</TH>
          <TH>{words("state.label")}</TH>
          <TH from="lg">{words("outcome")}</TH>
          <TH align="end">{words("at")}</TH>
        </THead>
        <TBody>
          {others.map((other) => (
            <TR key={other.id} link>
              <TD grow phone="title">
                <RowLink href={`/deliveries/${other.id}`}>
                  {other.endpoint ? <EndpointName {...other.endpoint} /> : t("nobody")}
                </RowLink>
                {other.isResend && (
                  <span className="ml-2 text-xs text-ink-3">{words("resent")}</span>
                )}
              </TD>
              <TD phone="side">
                <DeliveryStateBadge state={other.state} />
              </TD>
              <TD from="lg" phone="meta">
                {other.reason && <ReasonWord reason={other.reason} />}
              </TD>
              <TD align="end" phone="end">
                <RelativeTime at={other.createdAt} focusable={false} />
              </TD>
            </TR>
          ))}
        </TBody>
      </Table>
    </Section>
  );
}
