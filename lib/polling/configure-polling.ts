import type { Tx } from "#lib/platform/db.ts";
import type { GivenPolling } from "./polling-settings.ts";

/** Sets how a supplier's open orders are looked at; what is left out stays. The next plan goes by it. */
export async function configurePolling(
  tx: Tx,
  supplierId: string,
  given: { [Name in keyof GivenPolling]: GivenPolling[Name] | undefined },
): Promise<void> {
  const settings = JSON.stringify(given);
  if (settings === "{}") return;
  await tx.$executeRaw`
    insert into polling_plans (supplier_id, settings)
    values (${supplierId}::uuid, ${settings}::jsonb)
    on conflict (supplier_id) do update
    set settings = polling_plans.settings || excluded.settings, planned_at = null`;
}
