"use client";

import {
  type DeliveryListFilter,
  readDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";
import { JobDialog } from "#components/deliveries/job-dialog.tsx";

const NOTHING = readDeliveryFilter({
  ...{ state: null, attention: null, channel: null, endpoint: null, type: null, order: null },
  ...{ reason: null, since: null, until: null, mock: null, search: null, after: null },
});

/** Sends again what of an order reached nobody. */
export function ResendNoticesDialog({
  orderId,
  onClose,
}: {
  orderId: string;
  onClose: () => void;
}) {
  const filter: DeliveryListFilter = { ...NOTHING, order: orderId, state: ["failed"] };
  return <JobDialog filter={filter} endpointName={null} onClose={onClose} />;
}
