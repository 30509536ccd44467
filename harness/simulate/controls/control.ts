/** What the harness runs, so that a negative control can put something worse in a piece's place. */
import type { Client } from "pg";
import type { OrdersContext } from "#lib/orders/context.ts";
import { workOnClaim, workOnOrder } from "#lib/orders/work-on-order.ts";
import { auditAccounts } from "#lib/reconcile/audit-accounts.ts";
import { reconcileGates } from "#lib/reconcile/reconcile-gates.ts";

export type Controls = {
  workOnClaim: typeof workOnClaim;
  workOnOrder: typeof workOnOrder;
  reconcileGates: (ctx: OrdersContext) => Promise<unknown>;
  auditAccounts: (ctx: OrdersContext) => Promise<unknown>;
  /** Takes something away from what the product's code is given. */
  context?: (ctx: OrdersContext) => OrdersContext;
  /** Takes something out of the database, once before any run. */
  prepare?: (observer: Client) => Promise<void>;
  /** Q as Keyhold is told it, where that isn't the plan's. */
  settlingMs?: number;
  /** News is told while it is written, not once it is committed. */
  tellsEarly?: boolean;
};

/** Keyhold as it is. */
export const NO_CONTROL: Controls = { workOnClaim, workOnOrder, reconcileGates, auditAccounts };
