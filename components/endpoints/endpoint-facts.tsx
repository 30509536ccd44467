"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ProductChoice } from "#components/endpoints/endpoint-draft.ts";
import { EventList } from "#components/endpoints/event-list.tsx";
import { writePlan } from "#components/endpoints/plan-text.ts";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";

/** A number stays with its unit. */
const unbroken = (text: string): string => text.replace(/(\d) /g, "$1\u00A0");

/** What it is told, and how. */
export function EndpointFacts({
  endpoint,
  products,
  usualPlan,
}: {
  endpoint: EndpointDetail;
  products: ProductChoice[];
  usualPlan: readonly number[];
}) {
  const t = useTranslations("endpoints");
  const format = useFormatter();
  const { productIds, retryPlanMs, ratePerMinute } = endpoint;
  return (
    <Section title={t("facts.title")}>
      <DefinitionList columns>
        <Definition term={t("facts.events")}>
          <EventList events={endpoint.events} />
        </Definition>
        <Definition term={t("facts.products")}>
          {productIds.length === 0
            ? t("facts.allProducts")
            : products.length > 0
              ? products.map(({ name }) => name).join(", ")
              : t("facts.someProducts", { count: productIds.length })}
        </Definition>
        <Definition term={t("facts.mock")}>
          {t(endpoint.includesMock ? "facts.yes" : "facts.no")}
        </Definition>
        <Definition term={t("facts.payload")}>{t(`payload.${endpoint.payload}.word`)}</Definition>
        <Definition term={t("facts.plan")}>
          {unbroken(writePlan(retryPlanMs ?? usualPlan))}
        </Definition>
        <Definition term={t("facts.order")}>
          {t(endpoint.isOrdered ? "facts.ordered" : "facts.unordered")}
        </Definition>
        <Definition term={t("facts.atOnce")}>
          {format.number(endpoint.sendsAtOnce, "count")}
        </Definition>
        <Definition term={t("facts.rate")}>
          {ratePerMinute === null
            ? t("facts.noRate")
            : t("facts.perMinute", { count: format.number(ratePerMinute, "count") })}
        </Definition>
        <Definition term={t("facts.created")}>
          {endpoint.createdBy}, <RelativeTime at={endpoint.createdAt} />
        </Definition>
        <Definition term={t("facts.changed")}>
          <RelativeTime at={endpoint.updatedAt} />
        </Definition>
      </DefinitionList>
    </Section>
  );
}
