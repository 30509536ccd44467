import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { subtract } from "#lib/platform/money.ts";
import { readSpendable } from "./committed.ts";
import { BURN_HOURS, forecastRunway, type Spell } from "./forecast-runway.ts";
import { STALE_AFTER_MS } from "./sample-schedule.ts";
import type { RunwayView } from "./types.ts";

type Held = {
  supplierId: string;
  slug: string;
  name: string;
  currency: string;
  lowAt: string | null;
  criticalAt: string | null;
  isLow: boolean;
  isCritical: boolean;
};

/** How long each account lasts, in each currency that it has ever held anything of or spent. Throws `forbidden`. */
export async function readRunway(core: Core, actor: Actor): Promise<RunwayView[]> {
  requirePermission(actor, "balance.read");
  // Steps from currency to currency along the index: the history may be long.
  const held = await core.db.$queryRaw<Held[]>`
    with recursive held (supplier_id, currency) as (
      (select supplier_id, currency from balance_samples order by supplier_id, currency limit 1)
      union all
      select next.* from held cross join lateral (
        select supplier_id, currency from balance_samples sample
        where (sample.supplier_id, sample.currency) > (held.supplier_id, held.currency)
        order by supplier_id, currency limit 1) next)
    select s.id as "supplierId", s.slug, s.name, held.currency, trim_scale(l.low_at)::text as "lowAt",
      trim_scale(l.critical_at)::text as "criticalAt", l.low_since is not null as "isLow",
      l.critical_since is not null as "isCritical"
    from held join suppliers s on s.id = held.supplier_id
    left join balance_lines l on l.supplier_id = held.supplier_id and l.currency = held.currency
    order by s.name, held.currency`;
  return (await Promise.all(held.map((one) => readOne(core, one)))).flat();
}

async function readOne(
  core: Core,
  { supplierId, slug, name, currency, ...lines }: Held,
): Promise<RunwayView[]> {
  const now = core.now();
  const [spendable, spells] = await Promise.all([
    readSpendable(core.db, supplierId, currency),
    readSpells(core, supplierId, currency, now),
  ]);
  if (!spendable) return [];
  const { available, committed, sampledAt } = spendable;
  const free = subtract(available, committed);
  return [
    {
      ...{ supplierId, supplierSlug: slug, supplierName: name, currency },
      ...{ available, committed, free },
      sampledAt: sampledAt.toISOString(),
      stale: now.getTime() - sampledAt.getTime() > STALE_AFTER_MS,
      ...lines,
      ...forecastRunway({ available, free }, spells, now),
    },
  ];
}

/** What was there when each window began, or when the samples did, and what came in since that orders didn't bring. */
function readSpells(
  { db }: Pick<Core, "db">,
  supplierId: string,
  currency: string,
  now: Date,
): Promise<Spell[]> {
  return db.$queryRaw<Spell[]>`
    select w.hours, greatest(first.sampled_at, w.start) as since, first.available::text as "then", (
      coalesce((select sum(m.amount) from balance_moves m
        join balance_steps p on p.sample_id = m.step_id
        where m.supplier_id = ${supplierId}::uuid and m.currency = ${currency} and m.kind = 'top_up'
          and m.created_at > w.start - interval '30 days' and p.to_at > w.start), 0)
      + coalesce((select sum(p.remainder) from balance_steps p
        where p.supplier_id = ${supplierId}::uuid and p.currency = ${currency}
          and p.to_at > greatest(first.sampled_at, w.start) and p.remainder > 0), 0))::numeric(18, 4)::text as "putIn"
    from (
      select hours, ${now}::timestamptz - make_interval(hours => hours) as start
      from unnest(${[...BURN_HOURS]}::int[]) as hours) w
    cross join lateral (
      (select available, sampled_at, 1 as place from balance_samples
        where supplier_id = ${supplierId}::uuid and currency = ${currency} and sampled_at <= w.start
        order by sampled_at desc, id desc limit 1)
      union all
      (select available, coalesce(first_at, sampled_at), 2 from balance_samples
        where supplier_id = ${supplierId}::uuid and currency = ${currency} and sampled_at > w.start
        order by sampled_at, id limit 1)
      order by place limit 1) first
    order by w.hours`;
}
