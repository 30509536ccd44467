"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { DeliveryListFilter } from "#components/deliveries/delivery-list-filter.ts";
import { isReason } from "#components/deliveries/reasons.ts";
import { shortId } from "#components/ui/short-id.ts";

/** One part of a filter in words, and what is left of the filter without it. */
export type FilterWords = {
  key: string;
  label: string;
  value: string;
  without: Partial<DeliveryListFilter>;
};

/** A filter in words, part by part. `endpointName`: of the endpoint it names, where it is known. */
export function useFilterWords(): (
  filter: DeliveryListFilter,
  endpointName: string | null,
) => FilterWords[] {
  const t = useTranslations("deliveries");
  const format = useFormatter();
  return (filter, endpointName) => {
    const {
      search,
      state,
      attention,
      channel,
      endpoint,
      type,
      order,
      alert,
      reason,
      since,
      until,
      mock,
    } = filter;
    const words: (FilterWords | null | false)[] = [
      search !== "" && {
        key: "search",
        label: t("searchChip"),
        value: search,
        without: { search: "" },
      },
      ...state.map((one) => ({
        key: `state-${one}`,
        label: t("state.label"),
        value: t(`state.${one}.word`),
        without: { state: state.filter((other) => other !== one) },
      })),
      attention && {
        key: "attention",
        label: t("only"),
        value: t("attention"),
        without: { attention: false },
      },
      endpoint !== null && {
        key: "endpoint",
        label: t("endpoint"),
        value: endpointName ?? shortId(endpoint),
        without: { endpoint: null },
      },
      channel && {
        key: "channel",
        label: t("channel.label"),
        value: t(`channel.${channel}`),
        without: { channel: null },
      },
      type && { key: "type", label: t("event"), value: type, without: { type: null } },
      order !== null && {
        key: "order",
        label: t("order"),
        value: shortId(order),
        without: { order: null },
      },
      alert !== null && {
        key: "alert",
        label: t("alert"),
        value: shortId(alert),
        without: { alert: null },
      },
      reason !== null && {
        key: "reason",
        label: t("reason.label"),
        value: isReason(reason) ? t(`reason.${reason}`) : reason,
        without: { reason: null },
      },
      since !== null && {
        key: "since",
        label: t("since"),
        value: format.dateTime(new Date(since), "dayTime"),
        without: { since: null },
      },
      until !== null && {
        key: "until",
        label: t("until"),
        value: format.dateTime(new Date(until), "dayTime"),
        without: { until: null },
      },
      mock !== "all" && {
        key: "mock",
        label: t("mock.label"),
        value: t(`mock.${mock}`),
        without: { mock: "all" },
      },
    ];
    return words.filter((one) => one !== null && one !== false);
  };
}
