import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { AlertAction, AlertKind } from "./alert-policy.ts";

/** As the database orders them: later is worse. */
export const SEVERITIES = ["info", "warning", "critical"] as const;
export type AlertSeverity = (typeof SEVERITIES)[number];

export const ALERT_STATES = ["open", "acknowledged", "snoozed", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** What happens to an alert, as its history has it. */
export const ENTRY_KINDS = [
  "opened",
  /** One more signal of the same. */
  "recurred",
  /** One of its signals is over, and others stand. */
  "eased",
  "worsened",
  "acknowledged",
  /** Its acknowledgement ran out. */
  "lapsed",
  "snoozed",
  /** Its time was over, or it got worse. */
  "woken",
  "assigned",
  "noted",
  "resolved",
  "reopened",
  /** Taken into a group, or having taken others in. */
  "grouped",
  "notified",
  /** A button of its runbook was pressed. */
  "acted",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Data of signals and alerts: ids, names, numbers; never a code. */
export type AlertData = Record<string, string | number | boolean | null>;

/** How an alert ended: its signals were over, a person said so, or a group took it in. */
export const RESOLUTIONS = ["cleared", "person", "grouped"] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** The order that an alert is about, in a few words. */
export type AlertOrder = {
  id: string;
  status: OrderStatus;
  /** The first item's product, ` +2` where there are two further items. */
  goods: string;
  supplierOrderId: string | null;
};

/** The last thing that a person did to an alert. */
export type AlertDecision = {
  kind: EntryKind;
  actorName: string | null;
  at: string;
  note: string | null;
};

/** An alert as the queue shows it. Plain JSON, times as ISO. */
export type AlertRow = {
  id: string;
  kind: AlertKind;
  /** The id of what it is about: an order, account, product, endpoint, person; an invariant's own; `engine`. */
  subject: string;
  isGroup: boolean;
  severity: AlertSeverity;
  state: AlertState;
  isMock: boolean;
  openedAt: string;
  /** The newest of its signals. */
  lastAt: string;
  changedAt: string;
  /** Signals in all, and of them still standing. */
  occurrences: number;
  standing: number;
  /** A decision names the one that it was made on. */
  version: number;
  /** How often it came back. */
  reopened: number;
  supplierId: string | null;
  supplierSlug: string | null;
  supplierName: string | null;
  /** Null where it is about no order, or about many. */
  order: AlertOrder | null;
  /** The name of the product, endpoint, person, account or invariant that it is about; null of an order. */
  about: string | null;
  /** Of its newest signal. */
  data: AlertData;
  assignee: { id: string; name: string } | null;
  acknowledgedUntil: string | null;
  snoozedUntil: string | null;
  lastDecision: AlertDecision | null;
  resolution: Resolution | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  resolveReason: string | null;
  /** The group that took it in. */
  groupId: string | null;
};

/** One line of an alert's history. */
export type AlertEntryView = {
  id: string;
  kind: EntryKind;
  at: string;
  /** Null where nobody did it. */
  actorName: string | null;
  note: string | null;
  data: AlertData;
};

/** One of the orders that an alert tells of. */
export type AlertMember = {
  id: string;
  /** What is wrong with it: of an outage something else than the alert's own kind. */
  kind: AlertKind;
  goods: string;
  status: OrderStatus;
  signalOpenedAt: string;
  /** Null while it stands. */
  clearedAt: string | null;
};

/** Somebody was told, or is about to be. */
export type AlertNotice = {
  at: string;
  to: string;
  /** Of the delivery; null where there is none (any more). */
  state: string | null;
  deliveryId: string | null;
};

/** An alert as its page shows it. */
export type AlertView = AlertRow & {
  /** Newest first, the newest 200. */
  entries: AlertEntryView[];
  /** Of a group the newest 50; of an alert about one order that one. */
  orders: AlertMember[];
  ordersTotal: number;
  /** What the runbook's buttons may do for who asks. */
  actions: AlertAction[];
  /** He may decide upon it. */
  mayAct: boolean;
  nextNotice: { at: string; to: string } | null;
  /** Newest first. */
  notices: AlertNotice[];
  readAt: string;
};

export type AlertPage = {
  rows: AlertRow[];
  /** Give it back as `after`; null on the last page. */
  next: string | null;
  /** Counted up to 1,000. */
  total: number;
  readAt: string;
};

/** Of unresolved alerts that aren't of mock orders; each counted up to 1,000. */
export type AlertCounts = {
  open: number;
  /** Open and critical. */
  critical: number;
  /** Assigned to who asks: open, acknowledged or snoozed. */
  mine: number;
  acknowledged: number;
  snoozed: number;
  /** The open ones. */
  bySeverity: Record<AlertSeverity, number>;
};

/** A decision names the version that it was made on, and one that ends it also how much of it was seen. */
export type AlertRef = { id: string; version: number; occurrences?: number | undefined };
export type SeenAlert = AlertRef & { occurrences: number };

/** One that could not be decided upon, since it isn't what the person saw any more. */
export type LostAlert = {
  id: string;
  /** `gone`: there is no such alert. `more`: it tells of more by now than the person saw. */
  why: "decided" | "gone" | "more";
  /** Who was quicker; null where it happened by itself. */
  by: string | null;
  /** What it is now. */
  state: AlertState | null;
  version: number | null;
};

export type AlertsDecided = {
  done: string[];
  /** Somebody was quicker; the others are done. */
  lost: LostAlert[];
  /** Of all that match: how many there are beyond these, up to 1,000. */
  more: number;
};
