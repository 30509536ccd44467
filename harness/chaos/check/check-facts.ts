import { checkAccounts } from "./check-accounts.ts";
import { checkCodes } from "./check-codes.ts";
import { checkOrders } from "./check-orders.ts";
import { checkPurchases } from "./check-purchases.ts";
import type { Facts, Violation } from "./facts.ts";

/** Holds the database against the supplier's truth; answers what doesn't agree. */
export function checkFacts(facts: Facts): Violation[] {
  return [
    ...checkPurchases(facts),
    ...checkCodes(facts),
    ...checkOrders(facts),
    ...checkAccounts(facts),
  ];
}
