import type { Fate } from "./rules.ts";

export type Product = {
  sku: string;
  name: string;
  /** In whole cents. */
  cents: number;
  delivers: "code" | "code-pin" | "code-pin-serial" | "nothing";
  /** What becomes of every order of it. */
  fate: Fate;
};

/** All that is sold; some products always behave alike. */
export const products: readonly Product[] = [
  { sku: "card-10", name: "Gift card 10", cents: 950, delivers: "code", fate: {} },
  { sku: "card-25", name: "Gift card 25", cents: 2_350, delivers: "code-pin", fate: {} },
  { sku: "card-50", name: "Gift card 50", cents: 4_700, delivers: "code-pin-serial", fate: {} },
  { sku: "topup", name: "Top-up", cents: 500, delivers: "nothing", fate: {} },
  { sku: "fails", name: "Always fails", cents: 100, delivers: "code", fate: { fail: true } },
  { sku: "stalls", name: "Never ends", cents: 100, delivers: "code", fate: { stall: true } },
  {
    sku: "refunded",
    name: "Delivered, then refunded",
    cents: 100,
    delivers: "code",
    fate: { refundAfterMs: 2_000 },
  },
];
