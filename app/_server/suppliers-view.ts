import type { SuppliersView, SupplierView } from "#components/suppliers/suppliers-view.ts";
import { requirePermission } from "#lib/access/actor.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readLoad } from "#lib/orders/read-load.ts";
import { readPollingSettings } from "#lib/polling/polling-settings.ts";
import { readPlans } from "#lib/polling/read-plans.ts";
import { readBudgets } from "#lib/suppliers/read-budget.ts";
import type { UserActor } from "./current-actor.ts";

const NO_LOAD: SupplierView["load"] = {
  waiting: 0,
  due: 0,
  overdue: 0,
  retrying: 0,
  completedLastHour: 0,
};

/** Until the engine has planned. */
const NO_PLAN: SupplierView["plan"] = {
  mode: "single",
  reason: "not_planned",
  facts: {},
  plannedAt: null,
  congestion: 1,
  sweepEveryMs: null,
  sweptAt: null,
  lastSweep: null,
  distrustUntil: null,
  distrustWhy: null,
  learnedProducts: 0,
  settings: readPollingSettings({}),
};

/** What the suppliers page shows: each account's budget, how its orders are looked at, what waits. */
export async function suppliersView(ctx: Runtime, actor: UserActor): Promise<SuppliersView> {
  requirePermission(actor, "suppliers.read");
  const [budgets, plans, loads] = await Promise.all([
    readBudgets(ctx),
    readPlans(ctx),
    readLoad(ctx),
  ]);
  return {
    suppliers: budgets.map((budget) => {
      const isOwn = ({ supplierId }: { supplierId: string }) => supplierId === budget.supplierId;
      return {
        budget,
        plan: plans.find(isOwn) ?? NO_PLAN,
        load: loads.find(isOwn) ?? NO_LOAD,
      };
    }),
    readAt: ctx.now().toISOString(),
  };
}
