/** What pages and live reads get to see of orders: plain JSON, times as ISO text, no secret. */
import type { CodeState } from "#lib/codes/lifecycle.ts";
import type { PauseView } from "#lib/suppliers/pause-policy.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { SignalKey } from "./signals.ts";
import type { TimelineKind } from "./timeline.ts";

export type OrderRow = {
  id: string;
  status: OrderStatus;
  isMock: boolean;
  /** The first item's product, and how many further items there are. */
  productName: string;
  moreItems: number;
  quantity: number;
  /** What the supplier charges, or what was agreed until it says. Decimal text. */
  total: string;
  currency: string;
  customerRef: string | null;
  placedBy: string;
  createdAt: string;
  statusChangedAt: string;
  lastLookedAt: string | null;
  nextPollAt: string | null;
  failedLooks: number;
  codesStored: number;
  codesExpected: number;
  /** Open signals, among them `stalled`, also when the engine has not come round to flagging it. */
  signals: SignalKey[];
};

export type OrderPage = {
  rows: OrderRow[];
  /** Give it back as `after` for the rows that follow; null on the last page. */
  next: string | null;
  /** When the database was read. */
  readAt: string;
};

export type CodeView = {
  id: string;
  position: number;
  mask: string;
  state: CodeState;
  storedAt: string;
  revealedAt: string | null;
  /** What its place showed later, as masks; the code is what it showed first. */
  conflicts: { mask: string; storedAt: string }[];
};

export type OrderItemView = {
  id: string;
  position: number;
  externalId: string;
  productName: string;
  region: string | null;
  isService: boolean;
  quantity: number;
  unitPrice: string;
  note: Record<string, string | number> | null;
  userGuide: string | null;
  error: string | null;
  codes: CodeView[];
};

export type TimelineView = {
  id: string;
  at: string;
  kind: TimelineKind;
  actor: string | null;
  data: Record<string, string | number | boolean | null>;
  /** How often it happened in a row (looks), or how many it tells of (codes stored); otherwise 1. */
  count: number;
};

export type SignalView = {
  key: SignalKey;
  openedAt: string;
  /** The alert that tells of it; null until one does. */
  alertId: string | null;
  data: Record<string, string | number | boolean | null>;
};

export type Rejection = { class: string; code: string | null; detail: string };

/** What decides when an order is looked at next. */
export type LookWait = {
  preset: "learned" | "steady" | "backoff";
  /** The wait that its schedule asked for; null where none did yet. */
  everyMs: number | null;
  /** Earlier orders for the same goods that `learned` goes by; 0 where there are too few. */
  learnedFrom: number;
  /** Waits are so many times longer than asked for, since the budget bears no more. */
  congestion: number;
  /** How often the supplier's list is read instead; null where orders are looked at one by one. */
  sweepEveryMs: number | null;
  /** The supplier asked for silence until then. */
  silentUntil: string | null;
  /** Calls failed in a row, and none is made before then. */
  pausedUntil: string | null;
  /** A person has paused what the order waits for. */
  byPerson: PauseView | null;
};

export type OrderDetail = OrderRow & {
  clientRef: string;
  supplierName: string;
  supplierOrderId: string | null;
  supplierWord: string | null;
  cancelReason: string | null;
  rejection: Rejection | null;
  agreedTotal: string;
  chargedTotal: string | null;
  paymentExpiresAt: string | null;
  /** It waits to be paid at the supplier's, by whoever ordered. */
  isPaidElsewhere: boolean;
  /** At which page is known. */
  hasPaymentPage: boolean;
  paidAt: string | null;
  finishedAt: string | null;
  looks: number;
  lastLookError: string | null;
  /** Null where nothing is left to look for. */
  wait: LookWait | null;
  /** When a person may ask for a look again. */
  lookAllowedAt: string | null;
  correlationId: string;
  items: OrderItemView[];
  timeline: TimelineView[];
  openSignals: SignalView[];
  /** The supplier's last answer, codes masked; only for those who may see answers. */
  lastAnswer?: unknown;
  may: {
    look: boolean;
    openPaymentPage: boolean;
    reveal: boolean;
    handOut: boolean;
    placeAgain: boolean;
  };
  readAt: string;
};
