"use client";

import {
  type DeliveryListFilter,
  readDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";
import { JobDialog } from "#components/deliveries/job-dialog.tsx";

const NOTHING = readDeliveryFilter({
  ...{
    state: null,
    attention: null,
    channel: null,
    endpoint: null,
    type: null,
    order: null,
    alert: null,
  },
  ...{ reason: null, since: null, until: null, mock: null, search: null, after: null },
});

/** Sends again what reached nobody of an order, or of all that an alert tells of. */
export function ResendNoticesDialog({
  about,
  onClose,
}: {
  about: { order: string } | { alert: string };
  onClose: () => void;
}) {
  const filter: DeliveryListFilter = { ...NOTHING, ...about, state: ["failed"] };
  return <JobDialog filter={filter} endpointName={null} onClose={onClose} />;
}
