/** A sound run written by hand: one completed order, and ways to change one thing in it. */
import { checkFacts } from "./check-facts.ts";
import type { Facts, MirrorRow, StoredOrder, TrueOrder } from "./facts.ts";

export const CODES = ["AAAA-1111", "BBBB-2222"];
const GOODS = { productId: "product-1", quantity: 2, note: null };

export function trueOrder(change: Partial<TrueOrder> = {}): TrueOrder {
  return {
    id: "there-1",
    status: "completed",
    createdAt: "2026-03-01T10:00:00.000Z",
    totalPrice: "2.0000",
    isMock: false,
    origin: "call",
    paidCount: 1,
    moneyReturned: false,
    items: [{ ...GOODS, codes: CODES }],
    ...change,
  };
}

export function storedOrder(change: Partial<StoredOrder> = {}): StoredOrder {
  return {
    id: "order-1",
    clientRef: "wish-1",
    status: "completed",
    supplierOrderId: "there-1",
    fingerprint: "basket-1",
    isMock: false,
    chargedTotal: "2",
    items: [
      {
        position: 0,
        ...GOODS,
        codes: CODES.map((raw, position) => ({
          id: `code-${position}`,
          position,
          sealed: `sealed-${position}`,
          blindIndex: `index-${position}`,
          state: "available",
          raw,
          conflicts: [],
        })),
      },
    ],
    attempts: [
      { kind: "create", outcome: "accepted", resolution: null },
      { kind: "pay", outcome: "accepted", resolution: null },
    ],
    openSignals: [],
    moves: ["awaiting_payment", "paid", "completed"],
    ...change,
  };
}

export function mirrorRow(change: Partial<MirrorRow> = {}): MirrorRow {
  return {
    id: "there-1",
    attribution: "ours",
    orderId: "order-1",
    alertedAt: null,
    fingerprint: "basket-1",
    ...change,
  };
}

const asked = (endpoint: string, path: string) => ({
  at: "2026-03-01T10:00:00.000Z",
  endpoint,
  method: "POST",
  path,
});

export type Sound = Omit<Facts, "history"> & {
  history: {
    orders: Map<string, { status: string; supplierOrderId: string | null }[]>;
    codes: Map<string, { sealed: string; blindIndex: string }>;
    requests: ReturnType<typeof asked>[];
  };
};

/** Fresh each time, so that a test may change it at will. */
export function soundFacts(): Sound {
  return {
    truth: {
      startBalance: "100",
      available: "98.0000",
      reserved: "0.0000",
      landings: 0,
      lies: [],
      orders: [trueOrder()],
    },
    stored: {
      orders: [storedOrder()],
      supplierOrders: [mirrorRow()],
      gates: [{ fingerprint: "basket-1", isFrozen: false, waitsFor: null }],
      balance: { available: "98", reserved: "0" },
    },
    history: {
      orders: new Map([
        [
          "order-1",
          [
            { status: "submitting", supplierOrderId: null },
            { status: "paid", supplierOrderId: "there-1" },
            { status: "completed", supplierOrderId: "there-1" },
          ],
        ],
      ]),
      codes: new Map(
        CODES.map((_, at) => [`code-${at}`, { sealed: `sealed-${at}`, blindIndex: `index-${at}` }]),
      ),
      requests: [asked("create", "/api/orders/"), asked("pay", "/api/orders/there-1/pay")],
    },
    intents: [{ clientRef: "wish-1", orderIds: new Set(["order-1"]) }],
  };
}

/** What the checker says once one thing has been changed in a sound run. */
export function complaints(change: (facts: Sound) => void): string[] {
  const facts = soundFacts();
  change(facts);
  return checkFacts(facts).map(({ id, detail }) => `${id} ${detail}`);
}

/** The one order, to be changed. */
export const first = ({ stored }: Sound): StoredOrder => stored.orders[0] ?? storedOrder();
