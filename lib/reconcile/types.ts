/** What pages and live reads get to see of placement in doubt: plain JSON, times as ISO text, no secret. */
import type { OrderDetail } from "#lib/orders/types.ts";
import type { PlacementMode } from "#lib/placement/types.ts";

/** Why a basket is frozen still. */
export type GateWait = "outstanding" | "settling" | "second_pass" | "incomplete" | "person";

/** One create call whose outcome isn't known. */
export type UnclearSend = {
  id: string;
  at: string;
  /** When the first byte was about to be written; null where nobody knows (the process died). */
  firstByteAt: string | null;
  endedAt: string | null;
  /** What went wrong, in the words that were noted. */
  reason: string | null;
  httpStatus: number | null;
};

/** A supplier order that may be the one that was asked for. */
export type Candidate = {
  supplierOrderId: string;
  /** The supplier's own word. */
  word: string;
  total: string | null;
  currency: string | null;
  createdAt: string | null;
  firstSeenAt: string;
  /** From the nearest unclear send to its creation, in the supplier's clock; null where it has no time. */
  distanceMs: number | null;
  /** `unclear`: the supplier shows too little of it to be sure that it is the same basket. */
  match: "same" | "unclear";
};

export type Listing = {
  id: string;
  at: string;
  pages: number;
  seen: number;
  complete: boolean;
  problem: string | null;
  candidates: number;
};

export type BalanceAt = { available: string; at: string };

/** Everything known about an order that may or may not exist at the supplier. */
export type Evidence = {
  mode: PlacementMode;
  sends: UnclearSend[];
  candidates: Candidate[];
  /** Newest first. */
  listings: Listing[];
  balance: { currency: string; before: BalanceAt | null; after: BalanceAt | null };
  gate: {
    frozenAt: string;
    waitsFor: GateWait;
    /** More words for a person. */
    why: string | null;
    nextPassAt: string;
    /** Until then a late order may still appear. */
    settledAt: string | null;
  } | null;
  /** The supplier has more orders than are searched through for this one; null where it hasn't, or isn't searched. */
  searchedInVain: { pages: number } | null;
  /** What the decision rests on, said openly. */
  assumptions: { settlingMs: number; isExclusive: boolean };
  /** Other orders that ask for the same goods and wait for this one. */
  twins: { orderId: string; status: string; createdAt: string }[];
  /** To be given back with a decision, which is refused if the picture has changed since. */
  picture: string;
  /** "It was not placed", said by one person and waiting for a second. */
  proposal: { by: string; at: string; reason: string; isOwn: boolean } | null;
  may: {
    decide: boolean;
    needsSecondPerson: boolean;
    /** "It was not placed" may be said only once nothing late can land and no candidate is left. */
    sendAgain: boolean;
  };
};

/** What a decision came to. */
export type DecisionResult =
  | { kind: "done" }
  /** Noted; somebody else has to say it too. */
  | { kind: "proposed" }
  /** The fresh listing shows something else than the person saw. The new picture is on the page by now. */
  | { kind: "picture_changed" }
  /** The supplier's list could not be read, so nothing was decided. */
  | { kind: "not_listed"; problem: string };

export type SupplierOrderAttribution = "ours" | "foreign" | "predates" | "orphan";

export type SupplierOrderRow = {
  supplierId: string;
  supplierName: string;
  supplierOrderId: string;
  word: string;
  state: string;
  total: string | null;
  currency: string | null;
  isMock: boolean | null;
  /** Product names where the catalogue knows them, else the supplier's ids. */
  items: { name: string; quantity: number | null }[];
  createdAt: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  attribution: SupplierOrderAttribution | null;
  orderId: string | null;
  attributedAt: string | null;
  attributedBy: string | null;
  reason: string | null;
  /** Since when a person should look at it. */
  alertedAt: string | null;
  /** Orders of ours that ask for just these goods and could adopt it, newest first. */
  adopters: { orderId: string; customerRef: string | null; status: string; createdAt: string }[];
};

export type SupplierOrderPage = {
  rows: SupplierOrderRow[];
  next: string | null;
  /** Nobody's orders that a person should look at. */
  unattributed: number;
  /** Each account, how it is treated, and when its list was last read through. */
  accounts: {
    supplierId: string;
    name: string;
    mode: PlacementMode;
    settlingMs: number;
    isExclusive: boolean;
    auditedAt: string | null;
  }[];
  may: { decide: boolean };
  readAt: string;
};

/** An order's page: the order, and what is in doubt about its placement. */
export type OrderPageView = OrderDetail & {
  /** For an order whose create is unclear; null otherwise. */
  evidence: Evidence | null;
  /** Why an order that could be sent isn't; null where nothing holds it back. */
  waitsFor: {
    supplierId: string;
    /** The order of ours in doubt about the same goods. */
    twin: { orderId: string; status: string } | null;
    /** Supplier orders with the same goods that are nobody's: to be adopted or marked foreign. */
    supplierOrders: Candidate[];
    since: string;
    /** To be given back with the adoption of one of them. */
    picture: string;
    mayDecide: boolean;
  } | null;
};
