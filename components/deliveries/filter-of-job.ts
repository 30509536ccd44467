import {
  type DeliveryListFilter,
  readDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";
import type { DeliveryFilter } from "#lib/deliveries/delivery-filter.ts";

/** Which deliveries a job is about, as the list's own filter; of several channels or types it shows one. */
export function filterOfJob(filter: DeliveryFilter): DeliveryListFilter {
  return readDeliveryFilter({
    state: filter.state?.join(",") ?? null,
    attention: filter.attention ?? null,
    channel: filter.channel?.[0] ?? null,
    endpoint: filter.endpoint ?? null,
    type: filter.type?.[0] ?? null,
    order: filter.order ?? null,
    alert: filter.alert ?? null,
    reason: filter.reason ?? null,
    since: filter.since ?? null,
    until: filter.until ?? null,
    mock: filter.mock ?? null,
    search: filter.search ?? null,
    after: null,
  });
}
