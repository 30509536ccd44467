import type { OrdersContext } from "#lib/orders/context.ts";
import { dueNow } from "#lib/orders/due-now.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { ListedState, SupplierOrder, SupplierOrderState } from "#lib/suppliers/port.ts";
import { compareList, type HeldOrder, nextState, passedBy } from "./compare-list.ts";
import { backToSchedules, type Held, readHeld } from "./held-orders.ts";
import { readStatePages, type StatePage } from "./read-state-pages.ts";
import { recordListed } from "./record-listed.ts";
import {
  breakOffSweep,
  distrustList,
  finishSweep,
  renewSweep,
  type SweepClaim,
  type Swept,
} from "./sweep-lease.ts";

/** A sweep under way. */
type Sweep = {
  ctx: OrdersContext;
  account: SupplierAccount;
  claim: SweepClaim;
  /** By the supplier's id. */
  held: ReadonlyMap<string, Held>;
  /** Only where each stands: a list may be long, and show codes. */
  rows: Map<string, { state: SupplierOrderState }>;
  /** Orders that are looked at by themselves already. */
  gone: Set<string>;
  swept: Swept;
};

/**
 * Reads an account's list by state and compares it with the orders that we hold to be open. What is
 * listed counts as a look; what isn't is looked at by itself at once. Stores no codes and ends no order:
 * whatever the list says, or leaves out, only the order itself is believed that it is over.
 */
export async function sweepAccount(
  ctx: OrdersContext,
  account: SupplierAccount,
  claim: SweepClaim,
): Promise<void> {
  const startedAt = ctx.now();
  const now = startedAt.getTime();
  const held = await readHeld(ctx, account.id, claim.sweepEveryMs);
  const sweep: Sweep = {
    ctx,
    account,
    claim,
    held: new Map(held.map((order) => [order.supplierOrderId, order])),
    rows: new Map(),
    gone: new Set(),
    swept: { pages: 0, seen: 0, moved: 0, missing: 0, foreign: 0 },
  };
  const asked = new Set<ListedState>();
  for (;;) {
    const state = nextState(held, { rows: sweep.rows, asked }, now);
    if (state === null) break;
    const end = await readStatePages(ctx, account, state, held, (page) => takePage(sweep, page));
    if (end.kind === "lost") return;
    if (end.kind === "broken_off") {
      ctx.log.warn({ supplier: account.slug, why: end.why }, "a sweep was broken off");
      return breakOffSweep(ctx, claim, Math.max(claim.sweepEveryMs, end.silentMs));
    }
    if (end.kind === "not_understood") return distrust(sweep, end.why);
    asked.add(state);
  }
  const { missing } = compareList(held, { rows: sweep.rows, asked }, now);
  const omitted = missing.filter((order) => isOmitted(order, claim.lastEndedAt));
  if (omitted.length > 1 && omitted.length > held.length / 2) {
    return distrust(sweep, "It leaves out orders that are open.");
  }
  await lookAtOnce(
    sweep,
    missing.filter((order) => !omitted.includes(order)),
  );
  await finishSweep(ctx, claim, startedAt, ctx.now(), sweep.swept);
  await ctx.reach?.("sweep_finished");
}

/**
 * Missing again, although a read of its own has found it open since the last sweep ended: the list doesn't
 * show it. Its own schedule goes on; no sweep hurries it.
 */
function isOmitted({ lastLookedAt, statusChangedAt }: Held, lastEndedAt: Date | null): boolean {
  return lastEndedAt !== null && lastLookedAt > lastEndedAt && statusChangedAt < lastEndedAt;
}

/** Writes down what one page tells, so that nobody waits for the last. False: the lease was lost. */
async function takePage(sweep: Sweep, { state, rows, askedAt }: StatePage): Promise<boolean> {
  const { ctx, account, claim, swept } = sweep;
  const ours: Held[] = [];
  const listed = new Map<string, SupplierOrder>();
  for (const row of rows) {
    const id = row.supplierOrderId.toLowerCase();
    if (sweep.rows.has(id)) continue;
    sweep.rows.set(id, { state: row.state });
    listed.set(id, row);
    const order = sweep.held.get(id);
    if (!order) swept.foreign += 1;
    else if (!sweep.gone.has(order.orderId)) ours.push(order);
  }
  swept.pages += 1;
  swept.seen += ours.length;
  swept.moved += await recordListed(ctx, {
    supplierId: account.id,
    sweepEveryMs: claim.sweepEveryMs,
    askedAt,
    held: ours,
    rows: listed,
  });
  const behind = passedBy(sweep.held, rows).filter(
    (order) => order.state === state && !isOmitted(order, claim.lastEndedAt),
  );
  await lookAtOnce(
    sweep,
    behind.filter((order) => !sweep.rows.has(order.supplierOrderId)),
  );
  if (ours.length > 0) ctx.suppliers.noteUseful(account, "sweep", 1);
  await ctx.reach?.("sweep_page_recorded");
  return renewSweep(ctx, claim);
}

/** Not listed where they were: each is asked for by itself. */
async function lookAtOnce({ ctx, gone, swept }: Sweep, orders: HeldOrder[]): Promise<void> {
  const ids = orders.map(({ orderId }) => orderId).filter((id) => !gone.has(id));
  if (ids.length === 0) return;
  for (const id of ids) gone.add(id);
  swept.missing += ids.length;
  await ctx.db.$transaction(async (tx) => {
    await dueNow(tx, ids);
    await notify(tx, ["work"]);
  });
}

/** All orders go back to looks of their own, at their own pace. */
async function distrust({ ctx, account, claim }: Sweep, why: string): Promise<void> {
  if (!(await distrustList(ctx, claim, why))) return;
  ctx.log.warn({ supplier: account.slug, why }, "the list is not trusted for a while");
  await backToSchedules(ctx, account.id, 1);
}
