import Big from "big.js";

/** The currencies an order can be paid in. The supplier writes them in lower case. */
export const orderCurrencies = ["usd", "rub"] as const;
export type OrderCurrency = (typeof orderCurrencies)[number];

/** All currencies that `/api/access/me/balances/` lists. */
export const balanceCurrencies = ["usd", "rub", "USDT"] as const;
export type BalanceCurrency = (typeof balanceCurrencies)[number];

const rublesPerDollar = "81.4";

/** Decimal text with the four decimals that the supplier uses. */
export function money(amount: Big.BigSource): string {
  return new Big(amount).toFixed(4);
}

/** A price kept in dollars, as the supplier would quote it in `currency`. */
export function quote(usd: string, currency: OrderCurrency): string {
  return money(currency === "rub" ? new Big(usd).times(rublesPerDollar) : usd);
}
