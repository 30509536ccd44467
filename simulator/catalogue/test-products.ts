import type { ProductDraft } from "./types.ts";

const code = {
  delivery: { shape: "code", format: "TEST-****-****-****" },
  stock: 100_000,
  userGuide: "This product exists to show one behaviour of the supplier.",
} satisfies Partial<ProductDraft>;

const outcome = (name: string, more: Partial<ProductDraft>): ProductDraft => ({
  ...code,
  category: "test-outcomes",
  name: `Test: ${name}`,
  usdPrice: "1.0000",
  ...more,
});

const shape = (name: string, more: Partial<ProductDraft>): ProductDraft => ({
  ...code,
  category: "test-shapes",
  name: `Test: ${name}`,
  usdPrice: "0.5000",
  ...more,
});

const quickly = { minMs: 2000, maxMs: 4000 } as const;

export const testProducts: readonly ProductDraft[] = [
  outcome("completes at once", { fate: { completeAfter: { ms: 0 } } }),
  outcome("completes slowly", { fate: { completeAfter: { minMs: 60_000, maxMs: 120_000 } } }),
  outcome("stays in processing", { fate: { stall: "processing" } }),
  outcome("stays in paid", { fate: { stall: "paid" } }),
  outcome("fails", {
    fate: { completeAfter: quickly, fail: { message: "Source is out of codes", keepMoney: false } },
  }),
  outcome("fails and keeps the money", {
    fate: { completeAfter: quickly, fail: { message: "Source refused", keepMoney: true } },
  }),
  outcome("cancelled before payment", {
    fate: { cancel: { reason: "user_request", when: "unpaid", keepMoney: false } },
  }),
  outcome("cancelled after payment", {
    fate: {
      completeAfter: quickly,
      cancel: { reason: "payment_failure", when: "paid", keepMoney: false },
    },
  }),
  outcome("completes with an item error", {
    fate: { completeAfter: quickly, itemError: { message: "Code was withdrawn by the source" } },
  }),
  outcome("delivers fewer codes", {
    minQuantity: 2,
    fate: { completeAfter: quickly, partialCodes: 1 },
  }),
  outcome("delivers one code too many", { fate: { completeAfter: quickly, extraCodes: 1 } }),
  outcome("out of stock", { stock: 0 }),
  outcome("price has just moved", { usdPrice: "4.9500", staleUsdPrice: "4.5000" }),
  outcome("price moves with every order", { usdPrice: "2.0000", priceMovesWithEveryOrder: true }),
  outcome("costs more than the balance", { usdPrice: "250000.0000" }),

  shape("plain codes", { delivery: { shape: "plain", format: "TEST-****-****-****" } }),
  shape("codes as objects", {}),
  shape("code, PIN and serial", {
    delivery: { shape: "code-pin-serial", format: "TEST##########" },
  }),
  shape("PIN only", { delivery: { shape: "pin", format: "################" } }),
  shape("codes in one object", { delivery: { shape: "codes", format: "TEST-****-****-****" } }),
  shape("eSIM", { delivery: { shape: "esim" }, deliveryType: "esim" }),
  shape("account", { delivery: { shape: "account" }, deliveryType: "account" }),
  shape("service without codes", {
    delivery: { shape: "none" },
    deliveryType: "service",
    isService: true,
    stock: null,
  }),
  shape("every note field", {
    noteFields: [
      { name: "login", type: "string" },
      { name: "player_id", type: "integer" },
      { name: "amount", type: "number" },
      { name: "email", type: "email" },
      { name: "server", type: "select", options: ["Asia", "Europe", "America"] },
    ],
  }),
];
