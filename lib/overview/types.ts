/** What the overview shows. Plain JSON: times as ISO text, amounts as decimal text. Mock orders count nowhere. */
import type { AlertRow, AlertSeverity } from "#lib/alerts/types.ts";
import type { RunwayView } from "#lib/balance/types.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { OrderRow } from "#lib/orders/types.ts";

export type Overview = {
  /** Null for whoever may not see alerts; so are the parts below. */
  alerts: AlertFigures | null;
  /** Open states count all of their orders, finished ones those of the last 24 hours. */
  counts: Record<OrderStatus, number>;
  /** Where those 24 hours begin. */
  finishedSince: string;
  /** Open orders, oldest first. */
  oldestOpen: OrderRow[];
  /** Completed or partial, newest first. */
  recentlyDone: OrderRow[];
  /** Of the products ordered most. */
  times: ProductTimes[];
  /** How long each account lasts. */
  runway: RunwayView[] | null;
  spend: TodaysSpend | null;
  deliveries: DeliveryFigures | null;
  suppliers: SupplierFigures[] | null;
  readAt: string;
};

export type AlertFigures = {
  /** Open ones; each counted up to 1,000. */
  bySeverity: Record<AlertSeverity, number>;
  /** Taken, or put off; each up to 1,000. */
  acknowledged: number;
  snoozed: number;
  /** The worst of those that are open. */
  worst: AlertRow[];
};

/** How long a product's orders took from payment to completion, in milliseconds. */
export type ProductTimes = {
  supplierId: string;
  externalId: string;
  /** The product's id; null where the catalogue doesn't have it any more. */
  productId: string | null;
  name: string;
  samples: number;
  p50: number;
  p95: number;
};

/** What was paid for since the reader's day began, one entry a currency, the largest first. */
export type TodaysSpend = { since: string; of: Spend[] };

export type Spend = {
  currency: string;
  orders: number;
  amount: string;
  /** Of these, what came to nothing: the supplier owes it, or has paid it back. */
  lost: string;
};

/** Of the last 24 hours' deliveries, or the newest of them, how many were accepted and how many failed; what waits. */
export type DeliveryFigures = {
  since: string;
  success: number;
  failed: number;
  pending: number;
  /** There are more than were looked at. */
  isCapped: boolean;
  oldestPendingAt: string | null;
};

export type SupplierFigures = {
  slug: string;
  name: string;
  health: "ok" | "erroring" | "silenced" | "unknown";
  lastOkAt: string | null;
  /** In the last hour, and how many of them brought no answer. */
  calls: number;
  failedCalls: number;
};

/** What the overview draws. */
export type Trends = {
  /** The last 24 hours, the present one last: how many orders ended how. */
  hours: {
    at: string;
    completed: number;
    partial: number;
    failed: number;
    cancelled: number;
    /** Whatever they had come to before. */
    refunded: number;
  }[];
  /** The last 14 of the reader's days, today last: what was paid for, by currency. */
  days: { at: string; spent: Record<string, string>; orders: number }[];
  /** The currencies of `days`, the one with the most orders first. */
  currencies: string[];
  readAt: string;
};
