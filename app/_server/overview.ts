import type { OverviewView } from "#components/overview/overview-view.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readOverview } from "#lib/orders/read-overview.ts";
import { readSystemSignals } from "#lib/signals/system-signals.ts";
import type { SystemSignalView } from "#lib/signals/types.ts";
import type { UserActor } from "./current-actor.ts";

/** What the overview shows; each signal carries the name of what it is about. */
export async function overview(ctx: Runtime, actor: UserActor): Promise<OverviewView> {
  const [orders, signals] = await Promise.all([
    readOverview(ctx, actor),
    readSystemSignals(ctx, actor),
  ]);
  const system = signals.map((signal) => ({
    ...signal,
    name: nameOf(ctx, signal),
  }));
  return { ...orders, system };
}

function nameOf(ctx: Runtime, { subject, data }: SystemSignalView): string {
  const told = data.person ?? data.name;
  return told ? String(told) : (ctx.suppliers.byId(subject)?.name ?? subject);
}
