/** All that the checks look at: plain values, so that a test can write them by hand. */
import type { CodeState } from "#lib/codes/lifecycle.ts";
import type { History } from "../history.ts";

/** A supplier order as it really is. */
export type TrueOrder = {
  id: string;
  status: string;
  createdAt: string;
  totalPrice: string;
  isMock: boolean;
  /** Made by a call of ours that was answered or lost, by one that landed late, or by somebody else. */
  origin: "call" | "late" | "foreign";
  paidCount: number;
  moneyReturned: boolean;
  items: { productId: string; quantity: number; note: unknown; codes: unknown[] }[];
};

export type Truth = {
  available: string;
  reserved: string;
  startBalance: string;
  landings: number;
  /** Answers that told other codes than the order has. */
  lies: { orderId: string; item: number; externalData: unknown[] }[];
  orders: TrueOrder[];
};

export type StoredCode = {
  id: string;
  position: number;
  sealed: string;
  blindIndex: string;
  state: CodeState;
  /** As the supplier sent it; null where it can't be opened. */
  raw: unknown;
  /** What the place showed later. */
  conflicts: unknown[];
};

export type StoredItem = {
  position: number;
  productId: string;
  quantity: number;
  note: unknown;
  codes: StoredCode[];
};

export type StoredOrder = {
  id: string;
  clientRef: string;
  status: string;
  supplierOrderId: string | null;
  fingerprint: string | null;
  isMock: boolean;
  chargedTotal: string | null;
  items: StoredItem[];
  attempts: { kind: string; outcome: string | null; resolution: string | null }[];
  openSignals: string[];
  /** Each `to` of the timeline's moves. */
  moves: string[];
};

export type MirrorRow = {
  id: string;
  attribution: string | null;
  orderId: string | null;
  alertedAt: string | null;
  fingerprint: string | null;
};

export type Stored = {
  orders: StoredOrder[];
  supplierOrders: MirrorRow[];
  gates: { fingerprint: string; isFrozen: boolean; waitsFor: string | null }[];
  /** The latest sample in the account's currency. */
  balance: { available: string; reserved: string } | null;
};

export type Facts = {
  truth: Truth;
  stored: Stored;
  history: Pick<History, "orders" | "codes" | "requests">;
  intents: readonly { clientRef: string; orderIds: ReadonlySet<string> }[];
};

export type Violation = {
  /** Of the invariant, as in the safety rules. */
  id: string;
  /** An order of ours whose story tells more; null where there is none. */
  orderId: string | null;
  detail: string;
};

export const FINISHED = ["rejected", "completed", "partial", "cancelled", "failed", "refunded"];

type Goods = {
  isMock: boolean;
  items: { productId: string; quantity: number; note: unknown }[];
};

/** One word for what is asked for, the same for an order of ours and the supplier's. */
export function basketOf({ isMock, items }: Goods): string {
  const lines = items.map(({ productId, quantity, note }) =>
    [quantity, productId, ...noteOf(note)].join(" "),
  );
  return `${isMock ? "mock " : ""}${lines.sort().join(" + ")}`;
}

function noteOf(note: unknown): string[] {
  return Object.entries((note ?? {}) as Record<string, unknown>)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

/** As it was bought by us: not somebody else's. */
export const isOurs = ({ origin }: TrueOrder): boolean => origin !== "foreign";

export const isPaid = ({ paidCount }: TrueOrder): boolean => paidCount > 0;

/** Orders of ours by the supplier orders that they own. */
export function ownersOf({ orders }: Stored): Map<string, StoredOrder> {
  return new Map(
    orders.flatMap((order) =>
      order.supplierOrderId === null ? [] : [[order.supplierOrderId.toLowerCase(), order] as const],
    ),
  );
}

/** Its own alert, or the page of an order in doubt that it may be, asks a person about it. */
export function isBeforePerson(
  { orders, gates }: Stored,
  { alertedAt, fingerprint }: MirrorRow,
): boolean {
  if (alertedAt !== null) return true;
  const gate = gates.find((one) => one.fingerprint === fingerprint);
  return (
    gate?.isFrozen === true &&
    gate.waitsFor === "person" &&
    orders.some((order) => order.fingerprint === fingerprint && order.status === "unconfirmed")
  );
}

export function group<Item>(items: readonly Item[], keyOf: (item: Item) => string) {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
