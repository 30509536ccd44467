import type { OrdersContext } from "#lib/orders/context.ts";
import { mirrorId, mirrorOrders } from "#lib/placement/mirror.ts";
import type { CrashPoint } from "#lib/platform/crash-points.ts";
import { notify } from "#lib/platform/notify.ts";
import type { NotCalled, SupplierAccount } from "#lib/suppliers/account.ts";
import type { Outcome, Page, SupplierOrder } from "#lib/suppliers/port.ts";
import { MOST_PAGES } from "./list-schedule.ts";

/** Where the budget is short, a walk goes on slowly; its lease lasts for longer than one page and this. */
const LIST = { kind: "read", slice: "reconcile", what: "list", patienceMs: 20_000 } as const;

export type Walk = {
  startedAt: Date;
  endedAt: Date;
  pages: number;
  /** By their ids in the mirror. */
  orders: Map<string, SupplierOrder>;
  /** It reached back beyond the time that was asked for, or to the end of the list. */
  isComplete: boolean;
  /** Why it broke off. */
  problem: string | null;
};

export type WalkOptions = {
  /** By the supplier's clock: older orders need not be read. */
  backTo: Date;
  /** Where the list tells no times: ends at a page of orders that were all seen before this. */
  knownBefore: Date | null;
  /** Called after each page, to keep what the walk is made under. */
  renew?: () => Promise<void>;
  points: { read: CrashPoint; recorded?: CrashPoint };
};

type Listed = Outcome<Page<SupplierOrder>> | NotCalled;

/**
 * Reads a supplier's list of orders, newest first, until it is older than `backTo`, and writes every
 * order down in the mirror page by page. A list in another order, or without times, is read to its end.
 */
export async function listOrders(
  ctx: OrdersContext,
  account: SupplierAccount,
  options: WalkOptions,
): Promise<Walk> {
  const walk: Walk = {
    startedAt: ctx.now(),
    endedAt: ctx.now(),
    pages: 0,
    orders: new Map(),
    isComplete: false,
    problem: null,
  };
  const end = (facts: Partial<Walk>): Walk => ({ ...walk, ...facts, endedAt: ctx.now() });
  let cursor: string | null = null;
  while (walk.pages < MOST_PAGES) {
    if (ctx.stop?.aborted) return end({ problem: "This process is being stopped." });
    const outcome = await readPage(ctx, account, cursor);
    await ctx.reach?.(options.points.read);
    switch (outcome.kind) {
      case "not_called":
        return end({ problem: notCalled(outcome) });
      case "refused":
        return end({ problem: outcome.refusal.detail });
      case "unknown":
        return end({ problem: outcome.reason });
      case "accepted":
        break;
    }
    const { items, next } = outcome.value;
    await ctx.db.$transaction(async (tx) => {
      const fresh = await mirrorOrders(tx, ctx, account.id, items);
      if (fresh > 0) await notify(tx, ["supplier_orders"]);
    });
    await options.renew?.();
    if (options.points.recorded) await ctx.reach?.(options.points.recorded);
    walk.pages += 1;
    for (const order of items) walk.orders.set(mirrorId(order), order);
    if (next === null || isOlder(items, options.backTo)) return end({ isComplete: true });
    if (!tellsTimes(items) && (await areKnown(ctx, account.id, items, options.knownBefore))) {
      return end({ isComplete: true });
    }
    cursor = next;
  }
  return end({ problem: `The list is longer than ${MOST_PAGES} pages.` });
}

const readPage = (
  ctx: OrdersContext,
  account: SupplierAccount,
  cursor: string | null,
): Promise<Listed> =>
  ctx.suppliers.call(ctx, account, LIST, (supplier) => supplier.listOrders(cursor));

const notCalled = ({ why }: NotCalled): string =>
  why === "budget"
    ? "The account's budget of calls is used up for now."
    : "The account has to stay silent for now.";

const tellsTimes = (orders: SupplierOrder[]): boolean =>
  orders.every(({ createdAt }) => createdAt !== null);

/**
 * Sorted newest first, and the last of it older: so is all that follows. Equal times alone don't show
 * how a list is sorted.
 */
function isOlder(orders: SupplierOrder[], backTo: Date): boolean {
  const times = orders.map(({ createdAt }) => createdAt?.getTime() ?? Number.NaN);
  const last = times.at(-1);
  const first = times[0];
  if (first === undefined || last === undefined || !(last < backTo.getTime())) return false;
  return (
    first > last && times.every((time, at) => at === 0 || time <= (times[at - 1] ?? Number.NaN))
  );
}

async function areKnown(
  { db }: OrdersContext,
  supplierId: string,
  orders: SupplierOrder[],
  knownBefore: Date | null,
): Promise<boolean> {
  if (knownBefore === null || orders.length === 0) return false;
  const since = await db.supplierOrder.count({
    where: {
      supplierId,
      supplierOrderId: { in: orders.map(mirrorId) },
      firstSeenAt: { gte: knownBefore },
    },
  });
  return since === 0;
}
