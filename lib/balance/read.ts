import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { STALE_AFTER_MS } from "./sample-schedule.ts";
import type { BalancePage, BalanceView } from "./types.ts";

type NewestSample = {
  slug: string;
  name: string;
  currency: string;
  available: string;
  reserved: string;
  pending: string;
  sampled_at: Date;
};

/** The newest sample of each currency. */
export async function readBalances(core: Core, actor: Actor): Promise<BalanceView[]> {
  const balances = await readAccountBalances(core, actor);
  return balances.map(({ supplier: _, ...balance }) => balance);
}

/** The same with the account's short name, by which machines know it. */
export async function readAccountBalances(
  core: Core,
  actor: Actor,
): Promise<(BalanceView & { supplier: string })[]> {
  requirePermission(actor, "balance.read");
  // Steps from currency to currency along the index: the history may be long, the shell asks often.
  const samples = await core.db.$queryRaw<NewestSample[]>`
    with recursive held (supplier_id, currency) as (
      (select supplier_id, currency from balance_samples order by supplier_id, currency limit 1)
      union all
      select next.* from held cross join lateral (
        select supplier_id, currency from balance_samples sample
        where (sample.supplier_id, sample.currency) > (held.supplier_id, held.currency)
        order by supplier_id, currency limit 1) next)
    select supplier.slug, supplier.name, newest.currency, trim_scale(newest.available)::text as available,
      trim_scale(newest.reserved)::text as reserved, trim_scale(newest.pending)::text as pending,
      newest.sampled_at
    from held
    join suppliers supplier on supplier.id = held.supplier_id
    cross join lateral (
      select * from balance_samples sample
      where sample.supplier_id = held.supplier_id and sample.currency = held.currency
      order by sampled_at desc, id desc limit 1) newest
    order by supplier.name, newest.currency`;
  const now = core.now().getTime();
  return samples.map(({ slug, name, sampled_at, ...sample }) => ({
    supplier: slug,
    supplierName: name,
    ...sample,
    sampledAt: sampled_at.toISOString(),
    stale: now - sampled_at.getTime() > STALE_AFTER_MS,
  }));
}

/** Of each currency what is held, and when that was read. */
export async function readBalancePage(core: Core, actor: Actor): Promise<BalancePage> {
  const current = await readBalances(core, actor);
  return { current, readAt: core.now().toISOString() };
}
