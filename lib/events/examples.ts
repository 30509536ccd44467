import { EVENT_VERSION, type EventData } from "./schemas.ts";
import type { EventType } from "./types.ts";

const SUPPLIER_ID = "01993f1e-2c00-7a11-8f00-5b0c7d9e1a01";
const ORDER_ID = "01993f20-52c4-7c3e-9b61-0f6f3a7d2c10";

const order = {
  orderId: ORDER_ID,
  clientRef: "shop-20931",
  customerRef: "asha@example.com",
  supplier: "foxreload",
  supplierOrderId: "7f9c1d",
  isMock: false,
  currency: "USD",
  total: "9.5",
  items: [
    {
      itemId: "01993f20-52c5-7d02-a4c8-2f3b1c0d9e44",
      productId: "b6b0f6a5-5f0e-3b56-9f3e-8b0f2a1c7d21",
      supplierProductId: "product_steam_5",
      productName: "Steam Wallet 5 USD",
      quantity: 2,
      codes: 0,
    },
  ],
  createdAt: "2026-06-15T10:00:00.000Z",
  finishedAt: null,
  reason: null,
};
const withCodes = (codes: number) => order.items.map((item) => ({ ...item, codes }));
const finishedAt = "2026-06-15T10:00:09.412Z";

const CONSOLE = "https://ops.example.com";
const ALERT_ID = "01993f29-7a10-7d5e-8c41-2b9e6f0a3d77";
const balance = {
  ...{ supplier: "foxreload", currency: "USD", lowAt: "50", okAt: "60" },
  since: "2026-06-15T10:02:00.000Z",
  url: `${CONSOLE}/balance?account=${SUPPLIER_ID}:USD`,
};
const alert = {
  key: "stalled",
  subject: ORDER_ID,
  orderId: ORDER_ID,
  openedAt: "2026-06-15T10:10:03.000Z",
  data: { status: "processing" },
  ...({ alertId: ALERT_ID, severity: "warning", about: "shop-20931" } as const),
  ...{ supplier: "foxreload", isMock: false, isGroup: false, standing: 1, occurrences: 1 },
  url: `${CONSOLE}/alerts/${ALERT_ID}`,
};

const DATA: EventData = {
  "order.created": { ...order, sequence: 1, status: "submitting", supplierOrderId: null },
  "order.paid": { ...order, sequence: 2, status: "paid" },
  "order.processing": { ...order, sequence: 3, status: "processing" },
  "order.completed": {
    ...{ ...order, sequence: 4, status: "completed", items: withCodes(2), finishedAt },
    claim: {
      url: "https://ops.example.com/claim/01993f20-76d4-7b0a-8e5f-3a1d4c9b2e70#mVfGJ3oX8yqk0w7cTn2hRzLbS5uPdE1aQ9iYxK6tN4g",
      expiresAt: "2026-06-22T10:00:10.000Z",
    },
  },
  "order.partial": { ...order, sequence: 4, status: "partial", items: withCodes(1), finishedAt },
  "order.cancelled": {
    ...{ ...order, sequence: 3, status: "cancelled", finishedAt, reason: "payment_expired" },
  },
  "order.failed": {
    ...{ ...order, sequence: 2, status: "rejected", supplierOrderId: null, finishedAt },
    reason: "Not enough balance.",
  },
  "order.refunded": {
    ...{ ...order, sequence: 5, status: "refunded", items: withCodes(2), finishedAt },
  },
  "order.unconfirmed": {
    ...{ ...order, sequence: 2, status: "unconfirmed", supplierOrderId: null },
    reason: "no complete answer within 30000 ms",
  },
  "order.stalled": {
    ...{ ...order, sequence: 4, status: "processing", since: "2026-06-15T10:00:03.000Z" },
  },
  "balance.low": { ...balance, available: "48.25" },
  "balance.recovered": { ...balance, available: "548.25" },
  "alert.opened": alert,
  "alert.resolved": { ...alert, resolvedAt: "2026-06-15T10:12:41.000Z" },
  "delivery.endpoint_disabled": {
    endpointId: SUPPLIER_ID,
    name: "Shop",
    channel: "webhook",
    why: "gone",
    dropped: 3,
    url: `${CONSOLE}/settings/endpoints/${SUPPLIER_ID}`,
  },
  "alert.notice": {
    alertId: ALERT_ID,
    ...{ key: "stalled", severity: "warning", subject: ORDER_ID, about: "shop-20931" },
    ...{ orderId: ORDER_ID, supplier: "foxreload", isMock: false, isGroup: false, standing: 1 },
    alike: 0,
    openedAt: "2026-06-15T10:10:03.000Z",
    ...{ policy: "On call", step: 2, steps: 3, round: 1 },
    to: { name: "Asha Rao", address: "asha@example.com" },
    data: { status: "processing" },
    url: `${CONSOLE}/alerts/${ALERT_ID}`,
  },
  "order.dossier": {
    dossierId: "01993f2c-1b3f-7e02-9d55-6a7c8b9d0e1f",
    ...{ orderId: ORDER_ID, supplier: "foxreload", supplierOrderId: "7f9c1d" },
    text: "Supplier order 7f9c1d is in processing since 2026-06-15 10:00:03 UTC.",
    dossier: { supplierOrderId: "7f9c1d", status: "processing" },
    to: { name: null, address: "support@example.com" },
  },
  "audit.anchor": {
    anchor: `1204:${"9f".repeat(32)}`,
    ...{ at: "2026-06-15T10:00:03.000Z", entries: 1_204 },
    to: { name: "Asha Rao", address: "asha@example.com" },
  },
};

/** A message of each type, as an endpoint gets it. */
export const exampleOf = (type: EventType) => ({
  id: "01993f20-76e0-7f31-b2a4-6c0e9d8f1b55",
  type,
  version: EVENT_VERSION,
  timestamp: "2026-06-15T10:00:09.412Z",
  data: DATA[type],
});
