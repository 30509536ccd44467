/** Supplier answers for tests, each complete; a test says only what matters to it. */
import type { Ways } from "#lib/placement/ways.ts";
import type {
  Outcome,
  Refusal,
  RefusalClass,
  SearchPage,
  SupplierCode,
  SupplierOrder,
  SupplierOrderItem,
  SupplierOrderState,
} from "#lib/suppliers/port.ts";
import type { ItemState, OrderState } from "./decision.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";

/** Where an order first stood, in tests on decisions. */
export const NOW = new Date("2026-11-21T06:00:00Z");

export const minutesBefore = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

/** Of an account that is paid in a step of its own, and asked for everything. */
export const POLLED: Ways = {
  payStep: "separate",
  duplicateGuard: "none",
  findsByReference: false,
  readsOrders: true,
  listsOrders: true,
};

export function orderState(status: OrderStatus, facts: Partial<OrderState> = {}): OrderState {
  return {
    status,
    isMock: false,
    mode: "create_may_charge",
    ways: POLLED,
    createdAt: NOW,
    statusChangedAt: NOW,
    toldSince: null,
    paidAt: null,
    finishedAt: null,
    lastLookedAt: null,
    failedLooks: 0,
    refusals: 0,
    unclearCreates: 0,
    settledAt: null,
    inFlight: 0,
    notCreated: 0,
    acceptedCreates: 0,
    currency: "USD",
    total: "4.75",
    payments: 0,
    items: [itemState()],
    ...facts,
  };
}

export function itemState(facts: Partial<ItemState> = {}): ItemState {
  return {
    id: "item-0",
    externalId: "product_x",
    quantity: 1,
    isService: false,
    error: null,
    storedPlaces: [],
    ...facts,
  };
}

const WORDS: Record<SupplierOrderState, string> = {
  awaiting_payment: "active",
  paid: "paid",
  processing: "processing",
  completed: "completed",
  cancelled: "cancelled",
  failed: "failed",
  refunded: "refunded",
  unknown: "on_hold",
};

export const codes = (...values: string[]): SupplierCode[] =>
  values.map((value, position) => ({ position, value, raw: value }));

export function supplierItem(facts: Partial<SupplierOrderItem> = {}): SupplierOrderItem {
  return { productId: "product_x", quantity: 1, note: {}, error: null, codes: [], ...facts };
}

/** Completed with one code, anything else with none. */
export function supplierOrder(
  state: SupplierOrderState,
  facts: Partial<SupplierOrder> = {},
): SupplierOrder {
  return {
    supplierOrderId: "supplier-order-1",
    state,
    word: WORDS[state],
    cancelReason: null,
    items: [supplierItem({ codes: state === "completed" ? codes("CODE-1") : [] })],
    totalPrice: "4.75",
    currency: "USD",
    isMock: false,
    isPriceUnclear: false,
    paymentExpiresAt: null,
    paymentUrl: null,
    createdAt: null,
    redacted: { status: WORDS[state] },
    ...facts,
  };
}

export function refusal(refusalClass: RefusalClass, facts: Partial<Refusal> = {}): Refusal {
  const detail = `refused: ${refusalClass}`;
  return { class: refusalClass, code: null, detail, httpStatus: 400, ...facts };
}

export const asFound = (order: SupplierOrder): SearchPage => ({ kind: "order", order });

export const accepted = <T>(value: T): Outcome<T> => ({ kind: "accepted", value });

export const refused = (...facts: Parameters<typeof refusal>): Outcome<never> => ({
  kind: "refused",
  refusal: refusal(...facts),
});

export const UNKNOWN = {
  kind: "unknown",
  reason: "no complete answer within 30000 ms",
  httpStatus: null,
} as const satisfies Outcome<never>;

/** The same with an answer that can't be read: many of these in a row stop no calls to the account. */
export const UNREADABLE = { ...UNKNOWN, httpStatus: 200 } as const;

/** Every class of refusal there is; the compiler counts. */
export const REFUSAL_CLASSES = Object.keys({
  auth: 0,
  balance: 0,
  price_changed: 0,
  out_of_stock: 0,
  validation: 0,
  not_found: 0,
  conflict: 0,
  payment_not_possible: 0,
  rate_limited: 0,
  transient: 0,
  unknown: 0,
} satisfies Record<RefusalClass, 0>) as RefusalClass[];

export const SUPPLIER_STATES = Object.keys(WORDS) as SupplierOrderState[];

/** Every kind of answer, in every state of the supplier's order. */
export const EVERY_ANSWER: Observation["answer"][] = [
  ...SUPPLIER_STATES.map((state) => ({ kind: "order" as const, order: supplierOrder(state) })),
  ...REFUSAL_CLASSES.map((one) => ({ kind: "refused" as const, refusal: refusal(one) })),
  { kind: "accepted" },
  UNKNOWN,
];

export const SOURCES: Observation["source"][] = ["create", "pay", "look"];
