"use client";

import { useTranslations } from "next-intl";
import type { DeliveryListFilter } from "#components/deliveries/delivery-list-filter.ts";
import { useFilterWords } from "#components/deliveries/filter-words.tsx";

/** Which deliveries a job is about, in a line: "State: Failed · Endpoint: Shop". */
export function JobAbout({
  filter,
  endpointName,
}: {
  filter: DeliveryListFilter;
  endpointName: string | null;
}) {
  const t = useTranslations("deliveries.job");
  const words = useFilterWords()(filter, endpointName);
  if (words.length === 0) return t("all");
  return words.map(({ label, value }) => `${label}: ${value}`).join(" · ");
}
