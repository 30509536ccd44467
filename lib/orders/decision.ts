import type { PlacementMode } from "#lib/placement/types.ts";
import type { Ways } from "#lib/placement/ways.ts";
import type { SupplierOrder, SupplierOrderItem } from "#lib/suppliers/port.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import type { SignalKey } from "./signals.ts";
import type { TimelineKind } from "./timeline.ts";
import type { Rejection } from "./types.ts";

export type OrderState = {
  status: OrderStatus;
  isMock: boolean;
  mode: PlacementMode;
  ways: Ways;
  createdAt: Date;
  statusChangedAt: Date;
  /** Since when it has stood there, as its supplier told; null where nothing but the above is known. */
  toldSince: Date | null;
  /** When it was first known to be paid; null before, and in orders older than this column. */
  paidAt: Date | null;
  finishedAt: Date | null;
  lastLookedAt: Date | null;
  failedLooks: number;
  /** Sends of this order that were refused so far. */
  refusals: number;
  /** Creates whose outcome is unknown and not cleared up; the one that is being answered counts. */
  unclearCreates: number;
  /** From then on nothing that was sent with unclear outcome can land any more; null where nothing is unclear. */
  settledAt: Date | null;
  /** Sends that nobody has an answer to yet; the one that is being answered doesn't count. */
  inFlight: number;
  /** Creates that turned out to have made nothing. */
  notCreated: number;
  acceptedCreates: number;
  currency: string;
  /** What it costs, as far as is known; decimal text. */
  total: string;
  /** Payments sent, but for those that were proved to have had no effect. */
  payments: number;
  items: ItemState[];
};

export type ItemState = {
  id: string;
  externalId: string;
  quantity: number;
  isService: boolean;
  error: string | null;
  /** Places of the codes that are stored. */
  storedPlaces: number[];
};

/** How an unclear create was cleared up. */
export type Resolution = "claimed" | "not_created" | "superseded" | "given_up";

/** Details of a timeline entry or signal: ids, words and counts, never a code. */
export type Facts = Record<string, string | number | boolean | null>;

export type Decision = {
  status?: OrderStatus;
  /** It has stood where it stands for longer than we know of it. */
  since?: Date;
  /** What the supplier's answer says of the order itself. */
  seen?: SupplierOrder;
  rejection?: Rejection;
  itemErrors: { itemId: string; error: string | null }[];
  codes: { itemId: string; observed: SupplierOrderItem }[];
  /** What is known now of this order's unclear creates. */
  resolve?: Resolution;
  /** Nothing with this basket is sent any more, or: what holds it back is worth another look. */
  gate?: "freeze" | "wake";
  /** The account took the money, or moved on, without a payment of ours. */
  chargedUnpaid?: { word: string };
  /** The order ended without being fulfilled: its codes are stored, never handed out. */
  withhold: boolean;
  open: { key: SignalKey; data: Facts }[];
  clear: SignalKey[];
  timeline: { kind: TimelineKind; data: Facts; actor?: string }[];
  /** First known to be paid now. */
  isPaid?: boolean;
  /** From payment to completion, where that is known well enough to learn from. */
  tookMs?: number;
  /** Null: nothing left to do. */
  nextInMs: number | null;
  /** The wait that the schedule of looks asks for, before chance and congestion; none for other waits. */
  everyMs?: number;
  /** A look happened: with an answer (null), or what it failed with. */
  look?: { error: string | null };
};

/** The decision that changes nothing; the others are built on it. */
export function nothing(): Decision {
  return {
    itemErrors: [],
    codes: [],
    withhold: false,
    open: [],
    clear: [],
    timeline: [],
    nextInMs: null,
  };
}

/** The actor's part of a timeline entry; none where nobody decided it. */
export const by = (decidedBy: Observation["decidedBy"]): { actor?: string } =>
  decidedBy ? { actor: decidedBy.actor } : {};
