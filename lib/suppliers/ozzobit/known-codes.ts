import type { KnownCodes } from "../http/error-body.ts";

/** The papers list no error codes. Each of these can only mean that. */
export const KNOWN_CODES: KnownCodes = new Map([
  ["INSUFFICIENTBALANCE", "balance"],
  ["INSUFFICIENTFUNDS", "balance"],
  ["ORDERNOTFOUND", "not_found"],
]);
