import type { OrdersContext } from "#lib/orders/context.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { explainOrders } from "./explain-orders.ts";
import { listOrders, type Walk } from "./list-orders.ts";
import {
  AUDIT_AGAIN_SECONDS,
  AUDIT_EVERY_MS,
  AUDIT_OVERDUE_MS,
  AUDIT_OVERLAP_MS,
  earliestThere,
} from "./list-schedule.ts";
import { recheckOrphans } from "./recheck-orphans.ts";

/** A page takes less; each renews it. Should the process die, another may try after that. */
const LEASE_SECONDS = 60;

/**
 * Reads, once a minute and account, what the supplier lists, and attributes every supplier order: to an
 * order of ours, to the time before us, or to nobody, and then a person is told; where nothing is listed, what
 * was seen otherwise. Goes on for ever, since
 * an order may land later than anybody expects. Any number of processes may do so at once.
 */
export async function auditAccounts(ctx: OrdersContext): Promise<void> {
  for (const account of ctx.suppliers.all()) {
    if (ctx.stop?.aborted) return;
    const last = await claimAudit(ctx, account.id);
    if (!last) continue;
    await ctx.reach?.("audit_claimed");
    try {
      await auditAccount(ctx, account, last);
    } catch (error) {
      // The other accounts are not to wait for this one, nor the next audit for the lease.
      ctx.log.error({ err: error, supplier: account.slug }, "an audit broke off");
      await holdAudit(ctx, account.id, AUDIT_AGAIN_SECONDS);
    }
  }
}

type Last = { auditedAt: Date | null; clockOffsetMs: number | null };

async function claimAudit(ctx: OrdersContext, supplierId: string): Promise<Last | null> {
  const rows = await ctx.db.$queryRaw<
    { audited_at: Date | null; clock_offset_ms: number | null }[]
  >`
    update suppliers set audit_lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    where id = ${supplierId}::uuid and (audit_lease_until is null or audit_lease_until < now())
      and (audited_at is null or audited_at <= ${new Date(ctx.now().getTime() - AUDIT_EVERY_MS)})
      and (polling_paused_until is null or polling_paused_until <= now())
    returning audited_at, clock_offset_ms`;
  const [row] = rows;
  return row ? { auditedAt: row.audited_at, clockOffsetMs: row.clock_offset_ms } : null;
}

/** Nobody begins another audit of the account until then. */
async function holdAudit(ctx: OrdersContext, supplierId: string, seconds: number): Promise<void> {
  await ctx.db.$executeRaw`
    update suppliers set audit_lease_until = now() + make_interval(secs => ${seconds}::int)
    where id = ${supplierId}::uuid`;
}

async function auditAccount(
  ctx: OrdersContext,
  account: SupplierAccount,
  { auditedAt, clockOffsetMs }: Last,
): Promise<void> {
  if (!account.supplier.traits.listsOrders) return explainTold(ctx, account);
  const last = auditedAt ?? (await firstSend(ctx, account.id)) ?? ctx.now();
  const walk = await listOrders(ctx, account, {
    backTo: earliestThere(new Date(last.getTime() - AUDIT_OVERLAP_MS), clockOffsetMs),
    knownBefore: auditedAt,
    renew: () => holdAudit(ctx, account.id, LEASE_SECONDS),
    points: { read: "audit_page_read", recorded: "audit_page_recorded" },
  });
  await recheckOrphans(ctx, account);
  // What was read is true even where the walk broke off.
  await ctx.db.$transaction((tx) => explainOrders(tx, ctx, account.id), PATIENT);
  await finish(ctx, account, walk, auditedAt);
  await ctx.reach?.("audit_finished");
}

/** What isn't listed was seen in an answer or in what the supplier tells; that is explained as well. */
async function explainTold(ctx: OrdersContext, account: SupplierAccount): Promise<void> {
  if (account.supplier.traits.readsOrders) await recheckOrphans(ctx, account);
  await ctx.db.$transaction((tx) => explainOrders(tx, ctx, account.id), PATIENT);
}

async function firstSend({ db }: OrdersContext, supplierId: string): Promise<Date | null> {
  const first = await db.orderAttempt.findFirst({
    where: { kind: "create", order: { supplierId } },
    orderBy: { startedAt: "asc" },
    select: { startedAt: true },
  });
  return first?.startedAt ?? null;
}

/** Writes down how far it came; where no audit comes to its end for a while, a person is told. */
async function finish(
  ctx: OrdersContext,
  account: SupplierAccount,
  walk: Walk,
  auditedAt: Date | null,
): Promise<void> {
  const { id } = account;
  if (walk.isComplete) {
    await ctx.db.$transaction(async (tx) => {
      await tx.supplier.update({
        where: { id },
        data: { auditLeaseUntil: null, auditedAt: walk.startedAt },
      });
      await clearSystemSignal(tx, ctx, "audit_overdue", id);
    });
    return;
  }
  ctx.log.warn({ supplier: account.slug, problem: walk.problem }, "the list was not read through");
  await holdAudit(ctx, id, AUDIT_AGAIN_SECONDS);
  const since = auditedAt ?? (await firstSend(ctx, id));
  if (since === null || ctx.now().getTime() - since.getTime() < AUDIT_OVERDUE_MS) return;
  await ctx.db.$transaction((tx) =>
    openSystemSignal(tx, ctx, "audit_overdue", id, { problem: walk.problem }),
  );
}
