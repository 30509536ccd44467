import type { OrdersContext } from "#lib/orders/context.ts";
import { choosePlan, type PlanFacts, type PlanMode } from "#lib/polling/choose-plan.ts";
import { readPollingSettings } from "#lib/polling/polling-settings.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { backToSchedules, countLooks } from "./held-orders.ts";
import { LATELY_MS, PLAN_EVERY_MS } from "./sweep-schedule.ts";

/** A budget that nobody has set, and what looking may take of any: `call_budgets` and `take_calls`. */
const USUAL_RATE = 100;
const POLL_SHARE = 0.4;
/** A page, less what neighbours share. */
const PAGE_STEP = 45;

/**
 * Decides for each supplier whether its open orders are asked for singly or by its list, and how far
 * their waits have to be stretched. Does nothing where somebody has just planned; any number of
 * processes may do so at once.
 */
export async function planPolling(ctx: OrdersContext): Promise<void> {
  for (const account of ctx.suppliers.all()) {
    const plan = await claimPlan(ctx, account.id);
    if (!plan) continue;
    try {
      await planFor(ctx, account, plan);
    } catch (error) {
      ctx.log.error({ err: error, supplier: account.slug }, "looks could not be planned");
    }
  }
}

type LastPlan = {
  settings: unknown;
  mode: PlanMode;
  isDistrusted: boolean;
  /** Rows of other people's orders in a sweep that isn't long ago. */
  foreign: number | null;
};

async function claimPlan(ctx: OrdersContext, supplierId: string): Promise<LastPlan | null> {
  const now = ctx.now();
  await ctx.db.$executeRaw`
    insert into polling_plans (supplier_id) values (${supplierId}::uuid) on conflict do nothing`;
  const [plan] = await ctx.db.$queryRaw<LastPlan[]>`
    update polling_plans set planned_at = ${now}
    where supplier_id = ${supplierId}::uuid
      and (planned_at is null or planned_at <= ${new Date(now.getTime() - PLAN_EVERY_MS)})
    returning settings, mode, coalesce(distrust_until > now(), false) as "isDistrusted",
      case when swept_at > ${new Date(now.getTime() - 2 * LATELY_MS)}
        then (last_sweep->>'foreign')::int end as foreign`;
  return plan ?? null;
}

async function planFor(
  ctx: OrdersContext,
  account: SupplierAccount,
  last: LastPlan,
): Promise<void> {
  const { id } = account;
  const [looks, moves, budget] = await Promise.all([
    countLooks(ctx, id),
    countMoves(ctx, id),
    readPollBudget(ctx, id),
  ]);
  const foreignPages = Math.floor((last.foreign ?? 0) / PAGE_STEP);
  const facts: PlanFacts = { ...looks, moves, foreignPages, budget };
  const isOff = readPollingSettings(last.settings).sweep === "off";
  const distrusted = last.isDistrusted ? "distrusted" : null;
  const listed = isOff ? "switched_off" : distrusted;
  const notSwept = account.supplier.traits.listsOrders ? listed : "no_list";
  const { mode, reason, congestion, sweepEveryMs, callsSingle, callsSweep } = choosePlan(
    facts,
    last.mode,
    notSwept,
  );
  const shown = {
    open: looks.open,
    dueAMinute: round(callsSingle),
    movesAMinute: round(moves),
    callsSingle: round(callsSingle),
    callsSweep: round(callsSweep),
    budget: round(budget),
  };
  // The list may have been found wanting since the plan was claimed.
  await ctx.db.$executeRaw`
    update polling_plans set
      mode = ${mode}, reason = ${reason}, facts = ${JSON.stringify(shown)}::jsonb, congestion = ${congestion},
      sweep_every_ms = ${sweepEveryMs}::int,
      next_sweep_at = case when ${mode} = 'sweep' then coalesce(next_sweep_at, now()) end
    where supplier_id = ${id}::uuid
      and (${mode} = 'single' or distrust_until is null or distrust_until <= now())`;
  if (mode !== last.mode) {
    ctx.log.info(
      { supplier: account.slug, mode, reason, ...shown },
      "open orders are looked at anew",
    );
  }
  if (mode === "single") await backToSchedules(ctx, id, congestion);
}

/** Orders a minute that were found completed lately. */
async function countMoves(ctx: OrdersContext, supplierId: string): Promise<number> {
  const since = new Date(ctx.now().getTime() - LATELY_MS);
  const count = await ctx.db.order.count({
    where: { supplierId, tookMs: { not: null }, finishedAt: { gt: since } },
  });
  return (count * 60_000) / LATELY_MS;
}

/** Calls a minute that looking may take: its share, and what nobody else has used of late. */
async function readPollBudget(ctx: OrdersContext, supplierId: string): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ rate: number | null; others: number }[]>`
    select (select rate from call_budgets where supplier_id = ${supplierId}::uuid) as rate,
      (select coalesce(sum(calls), 0)::int from call_counts
        where supplier_id = ${supplierId}::uuid and what not in ('look', 'sweep')
          and minute > now() - make_interval(secs => ${LATELY_MS / 1_000}::float8)) as others`;
  const rate = row?.rate ?? USUAL_RATE;
  const others = ((row?.others ?? 0) * 60_000) / LATELY_MS;
  return Math.max(POLL_SHARE * rate, rate - others);
}

const round = (count: number): number => Math.round(count * 10) / 10;
