/** Every kind of alert: how bad it is, what it is about, how it ends, and what its runbook lets one do. */
import type { AlertSeverity } from "./types.ts";

/** What a runbook's button does; each is done by the verb of the room it belongs to. */
export const ALERT_ACTIONS = [
  "look_now",
  "pay",
  "adopt",
  "call_off",
  "replace",
  "resend_notices",
  "mark_handled",
  "dossier",
  "open_order",
  "open_codes",
  "open_supplier_orders",
  "open_deliveries",
  "open_endpoint",
  "enable_endpoint",
  "open_supplier",
  "open_inbox",
  "open_balance",
  "record_top_up",
  "open_stock",
  "import_codes",
  "open_person",
  "open_api_keys",
] as const;
export type AlertAction = (typeof ALERT_ACTIONS)[number];

type Kind = {
  severity: AlertSeverity;
  about: "order" | "account" | "product" | "endpoint" | "invariant" | "person" | "key" | "keyhold";
  /**
   * `rule`: ends when what it tells of is over; `person`: only when somebody says that it is dealt with; `either`: as
   * soon as one of them does.
   */
  ends: "rule" | "person" | "either";
  /** Orders of one account with the same trouble become one row, and rows of an account that is down its own. */
  groups: boolean;
  actions: readonly AlertAction[];
};

const order = (
  severity: AlertSeverity,
  ends: Kind["ends"],
  actions: readonly AlertAction[],
  groups = true,
): Kind => ({
  ...{ severity, about: "order", ends, groups },
  actions: [...actions, "open_order", "dossier", "mark_handled"],
});
const account = (severity: AlertSeverity, actions: readonly AlertAction[]): Kind => ({
  ...{ severity, about: "account", ends: "rule", groups: false, actions },
});

export const ALERT_KINDS = {
  // Signals of an order.
  stalled: order("warning", "rule", ["look_now"]),
  slow: order("info", "rule", ["look_now"]),
  payment_expiring: order("warning", "rule", ["pay"]),
  unconfirmed: order("critical", "rule", ["adopt", "call_off"], false),
  order_failed: order("warning", "person", ["resend_notices"]),
  cancelled_after_payment: order("critical", "person", ["resend_notices", "open_balance"]),
  order_refunded: order("critical", "person", [
    ...(["resend_notices", "open_codes", "open_balance"] as const),
  ]),
  partial: order("warning", "person", ["look_now", "open_codes"]),
  unknown_word: order("warning", "rule", ["look_now"]),
  codes_short: order("warning", "either", ["look_now", "open_codes"]),
  codes_extra: order("warning", "person", ["open_codes"]),
  code_repeated: order("critical", "person", ["open_codes", "replace"]),
  code_changed: order("critical", "person", ["open_codes", "replace"]),
  codes_withheld: order("warning", "person", ["open_codes"]),
  waits_for_twin: order("info", "rule", ["adopt"]),
  extra_supplier_order: order("critical", "person", ["open_supplier_orders"], false),
  pay_refused: order("critical", "rule", ["pay", "open_balance"]),
  unrecordable: order("critical", "rule", ["look_now"], false),
  lost_at_supplier: order("critical", "rule", ["look_now"]),
  delivery_failed: order("warning", "either", ["resend_notices", "open_deliveries"]),
  handed_out_of_failed_order: order("critical", "person", ["open_codes"], false),

  // Of an account.
  mode_fell_back: account("critical", ["open_supplier", "mark_handled"]),
  orphans_many: account("warning", ["open_supplier_orders"]),
  unattributed_supplier_order: account("critical", ["open_supplier_orders"]),
  audit_overdue: account("warning", ["open_supplier"]),
  balance_low: account("warning", ["open_balance", "record_top_up"]),
  balance_critical: account("critical", ["open_balance", "record_top_up"]),
  // Nothing here measures it, so that nothing here could see it end.
  balance_told_low: {
    ...account("warning", ["open_balance", "open_supplier", "mark_handled"]),
    ends: "person",
  },
  balance_stale: account("warning", ["open_balance", "open_supplier"]),
  balance_unexplained: account("critical", [
    ...(["open_balance", "open_supplier_orders", "record_top_up"] as const),
  ]),
  catalog_outdated: account("warning", ["open_supplier"]),
  supplier_down: account("critical", ["open_supplier"]),
  supplier_slow: account("info", ["open_supplier"]),
  supplier_limiting: account("warning", ["open_supplier"]),
  key_refused: account("critical", ["open_supplier"]),
  push_refused: account("warning", ["open_supplier", "open_inbox"]),
  supplier_not_connected: account("critical", ["open_supplier"]),
  inbox_unmatched: account("warning", ["open_inbox", "open_supplier_orders"]),
  inbox_unreadable: account("critical", ["open_inbox", "open_supplier"]),

  // Of a product, endpoint, person or API key.
  stock_low: about("product", "info", "rule", ["open_stock", "import_codes"]),
  codes_expiring: about("product", "warning", "rule", ["open_stock"]),
  endpoint_failing: about("endpoint", "warning", "rule", ["open_endpoint", "open_deliveries"]),
  notices_failed: about("endpoint", "warning", "either", ["open_endpoint", "open_deliveries"]),
  endpoint_disabled: about("endpoint", "critical", "rule", [
    ...(["open_endpoint", "enable_endpoint", "open_deliveries"] as const),
  ]),
  reveals_unusual: about("person", "critical", "rule", ["open_person"]),
  key_opens_old_codes: about("key", "critical", "rule", ["open_api_keys"]),

  // Of Keyhold itself.
  engine_late: about("keyhold", "critical", "rule", []),
  invariant_violated: about("invariant", "critical", "rule", []),
  sealing_key_old: about("keyhold", "warning", "rule", []),
} as const satisfies Record<string, Kind>;

export type AlertKind = keyof typeof ALERT_KINDS;

function about(
  what: Exclude<Kind["about"], "order" | "account">,
  severity: AlertSeverity,
  ends: Kind["ends"],
  actions: readonly AlertAction[],
): Kind {
  return { about: what, severity, ends, groups: false, actions: [...actions, "mark_handled"] };
}

/** While one of these stands, what goes wrong with the account's orders is told in its row. */
export const OUTAGES = ["supplier_down", "key_refused"] as const satisfies AlertKind[];
/** What of an order an outage brings about: nothing that a person has to end, and nothing of ours. */
export const SYMPTOMS = [
  ...(["stalled", "slow", "payment_expiring"] as const),
  ...(["pay_refused", "lost_at_supplier", "waits_for_twin"] as const),
] as const satisfies AlertKind[];
/** So many orders of one account with the same trouble, within the time, are one row. */
export const GROUP_FROM = 5;
export const GROUP_WITHIN_MS = 15 * 60_000;
/**
 * Orders of which each needs a decision of its own, mostly about money: each has its row. In a group one press would
 * silence all of them, and what joins one that somebody has taken would be told to nobody. So that an outage doesn't
 * ring five hundred times, one notice tells of as many as would be a group.
 */
export const TOLD_TOGETHER = (Object.keys(ALERT_KINDS) as AlertKind[]).filter(
  (kind) => ALERT_KINDS[kind].about === "order" && !ALERT_KINDS[kind].groups,
);
/** Nobody is told of an alert before it is so old: what is grouped meanwhile is told of once. */
export const SETTLE_MS = 20_000;
/** Where nobody could be told, it is tried again so soon: a paused endpoint or a mail server is mostly back by then. */
export const RETRY_MS = 5 * 60_000;
/** But where notices were sent and didn't arrive not more often than this: a dead mailbox isn't hammered. */
export const RETOLD_MS = 30 * 60_000;
/** What comes back within this of its last notice goes on in its policy rather than begin anew. */
export const RESUME_WITHIN_MS = 60 * 60_000;
/** One that comes back within this is the same alert again. */
export const REOPEN_WITHIN_MS = 7 * 24 * 60 * 60_000;
/** What joins an alert after such a quiet is told of anew: nobody goes on expecting more of it. */
export const JOIN_QUIET_MS = 30 * 60_000;
/** What a person has resolved although it stands comes back after this, if it still does. */
export const RESOLVED_REST_MS = 60 * 60_000;
export const ACKNOWLEDGED_FOR_MS = 30 * 60_000;
/** What a person may choose. */
export const ACKNOWLEDGE_CHOICES_MS = [15, 30, 60, 240].map((minutes) => minutes * 60_000);
export const SNOOZE_CHOICES_MS = [0.5, 1, 4, 8, 24, 72].map((hours) => hours * 60 * 60_000);
/** Longer than that nobody may put an alert aside, nor take it without looking again. */
export const LONGEST_SNOOZE_MS = 7 * 24 * 60 * 60_000;
export const LONGEST_ACKNOWLEDGED_MS = 24 * 60 * 60_000;
/** Decided upon at once, and counted to. */
export const MOST_AT_ONCE = 1_000;
/** Characters of a note. */
export const LONGEST_NOTE = 2_000;
