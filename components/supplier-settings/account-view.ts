import type { SupplierView } from "#lib/placement/read-supplier.ts";
import type { SupplierDetail } from "#lib/suppliers/room-types.ts";

/** What an account's page shows: plain JSON, times as ISO text, no secret. */
export type AccountView = SupplierDetail & {
  /** How it is treated: limits, schedule, thresholds, and what is known of its API. */
  treatment: SupplierView;
  /** Where it is to send its messages, whole; null where it tells nothing by itself. */
  webhookUrl: string | null;
};
