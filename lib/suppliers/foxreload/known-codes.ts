import type { KnownCodes } from "../http/error-body.ts";

export const KNOWN_CODES: KnownCodes = new Map([
  // Named by public sources.
  ["BALANCENOTENOUGH", "balance"],
  ["OFFERPRICENOTMATCHED", "price_changed"],
  ["ORDERALREADYEXISTS", "conflict"],
  ["ORDERPAYMENTNOTPOSSIBLE", "payment_not_possible"],
  ["NOTFOUND", "not_found"],
  // Named by none: nobody says how "sold out" is spelt. Each of these can only mean that.
  ["OUTOFSTOCK", "out_of_stock"],
  ["OFFEROUTOFSTOCK", "out_of_stock"],
  ["PRODUCTOUTOFSTOCK", "out_of_stock"],
  ["NOTENOUGHSTOCK", "out_of_stock"],
  ["STOCKNOTENOUGH", "out_of_stock"],
  ["INSUFFICIENTSTOCK", "out_of_stock"],
  ["SOLDOUT", "out_of_stock"],
]);
