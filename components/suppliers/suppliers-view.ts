import type { OrderLoad } from "#lib/orders/read-load.ts";
import type { PlanView } from "#lib/polling/read-plans.ts";
import type { BudgetView } from "#lib/suppliers/read-budget.ts";

/** What the suppliers page shows: plain JSON, times as ISO text, no secret. */
export type SuppliersView = {
  suppliers: SupplierView[];
  readAt: string;
};

export type SupplierView = {
  /** What the account may be asked, how it bore that, and who asked. */
  budget: BudgetView;
  /** How its open orders are looked at, and why so. */
  plan: Omit<PlanView, "supplierId">;
  load: Pick<OrderLoad, "waiting" | "due" | "overdue" | "retrying" | "completedLastHour">;
};
