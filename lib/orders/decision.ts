import type { SupplierOrder, SupplierOrderItem } from "#lib/suppliers/port.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { SignalKey } from "./signals.ts";
import type { TimelineKind } from "./timeline.ts";
import type { Rejection } from "./types.ts";

export type OrderState = {
  status: OrderStatus;
  createdAt: Date;
  statusChangedAt: Date;
  finishedAt: Date | null;
  failedLooks: number;
  /** Sends of this order that were refused so far. */
  refusals: number;
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

/** Details of a timeline entry or signal: ids, words and counts, never a code. */
export type Facts = Record<string, string | number | boolean | null>;

export type Decision = {
  status?: OrderStatus;
  /** What the supplier's answer says of the order itself. */
  seen?: SupplierOrder;
  rejection?: Rejection;
  itemErrors: { itemId: string; error: string | null }[];
  codes: { itemId: string; observed: SupplierOrderItem }[];
  /** The order ended without being fulfilled: its codes are stored, never handed out. */
  withhold: boolean;
  open: { key: SignalKey; data: Facts }[];
  clear: SignalKey[];
  timeline: { kind: TimelineKind; data: Facts }[];
  /** Null: nothing left to do. */
  nextInMs: number | null;
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
