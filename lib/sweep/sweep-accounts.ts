import type { OrdersContext } from "#lib/orders/context.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { firstDueAt } from "./held-orders.ts";
import { sweepAccount } from "./sweep-account.ts";
import { breakOffSweep, claimSweep } from "./sweep-lease.ts";
import {
  LEAST_ASKED_EVERY_MS,
  SWEEP_AGAIN_SECONDS,
  SWEEPS_ASKED_EVERY_MS,
  YIELD_MOST_MS,
  YIELD_MS,
} from "./sweep-schedule.ts";

/**
 * Sweeps the lists of all accounts whose plan says so and where one of the orders is worth it. Any
 * number of processes may do so at once; one of them sweeps an account.
 * @returns milliseconds until it should be asked for again
 */
export async function sweepAccounts(ctx: OrdersContext): Promise<number> {
  const listing = ctx.suppliers.all().filter(({ supplier }) => supplier.traits.listsOrders);
  const waits = await Promise.all(listing.map((account) => sweepIfDue(ctx, account)));
  const first = Math.min(SWEEPS_ASKED_EVERY_MS, ...waits);
  return Math.max(LEAST_ASKED_EVERY_MS, Math.ceil(first));
}

async function sweepIfDue(ctx: OrdersContext, account: SupplierAccount): Promise<number> {
  const waitMs = await nextSweepInMs(ctx, account.id);
  if (waitMs === null) return SWEEPS_ASKED_EVERY_MS;
  if (waitMs > 0 || ctx.stop?.aborted) return waitMs;
  const claim = await claimSweep(ctx, account.id);
  if (!claim) return SWEEPS_ASKED_EVERY_MS;
  await ctx.reach?.("sweep_claimed");
  try {
    await sweepAccount(ctx, account, claim);
  } catch (error) {
    // The orders it looks after are not to wait for its lease; their own looks come if it fails again.
    ctx.log.error({ err: error, supplier: account.slug }, "a sweep broke off");
    await breakOffSweep(ctx, claim, SWEEP_AGAIN_SECONDS * 1_000);
  }
  return (await nextSweepInMs(ctx, account.id)) ?? SWEEPS_ASKED_EVERY_MS;
}

/**
 * Null where nothing is swept. A sweep lets looks that are due go first, since they fetch codes that are
 * there, but not for long: in a crowd there is no end to them.
 */
async function nextSweepInMs(ctx: OrdersContext, supplierId: string): Promise<number | null> {
  const [plan] = await ctx.db.$queryRaw<{ waitMs: number; everyMs: number; yields: boolean }[]>`
    select (extract(epoch from greatest(next_sweep_at, lease_until) - now()) * 1000)::float8 as "waitMs",
      sweep_every_ms as "everyMs",
      next_sweep_at > now() - make_interval(secs => least(sweep_every_ms, ${YIELD_MOST_MS}) / 1000.0) and exists (
        select 1 from orders
        where supplier_id = ${supplierId}::uuid and status not in ('submitting', 'awaiting_payment')
          and next_poll_at <= now() and (lease_until is null or lease_until < now())) as yields
    from polling_plans where supplier_id = ${supplierId}::uuid and mode = 'sweep'`;
  if (!plan) return null;
  if (plan.waitMs > 0) return plan.waitMs;
  if (plan.yields) return YIELD_MS;
  const first = await firstDueAt(ctx, supplierId, plan.everyMs);
  return first && first.getTime() - ctx.now().getTime();
}
