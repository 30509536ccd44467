import type { OverviewView } from "#components/overview/overview-view.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readOverview } from "#lib/orders/read-overview.ts";
import { readSystemSignals } from "#lib/placement/system-signals.ts";
import type { UserActor } from "./current-actor.ts";

/** What the overview shows; signals about an account carry its name. */
export async function overview(ctx: Runtime, actor: UserActor): Promise<OverviewView> {
  const [orders, signals] = await Promise.all([
    readOverview(ctx, actor),
    readSystemSignals(ctx, actor),
  ]);
  const system = signals.map((signal) => ({
    ...signal,
    name: ctx.suppliers.byId(signal.subject)?.name ?? signal.subject,
  }));
  return { ...orders, system };
}
