import type { OrdersContext } from "./context.ts";
import { type Claim, claimDue } from "./store.ts";

/** Takes up to `limit` due orders for this process; nobody else gets them while the lease lasts. */
export const claimDueOrders = (ctx: OrdersContext, limit: number): Promise<Claim[]> =>
  claimDue(ctx, limit);
