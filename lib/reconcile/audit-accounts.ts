import type { OrdersContext } from "#lib/orders/context.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { explainOrders } from "./explain-orders.ts";
import { listOrders } from "./list-orders.ts";
import { AUDIT_EVERY_MS, AUDIT_OVERLAP_MS, earliestThere } from "./list-schedule.ts";

/** A walk takes less; should its process die, another may try after that. */
const LEASE_SECONDS = 60;

/**
 * Reads, once a minute and account, what the supplier lists, and attributes every supplier order: to an
 * order of ours, to the time before us, or to nobody, and then a person is told. Goes on for ever, since
 * an order may land later than anybody expects. Any number of processes may do so at once.
 */
export async function auditAccounts(ctx: OrdersContext): Promise<void> {
  for (const account of ctx.suppliers.all()) {
    const last = await claimAudit(ctx, account.id);
    if (!last) continue;
    await ctx.reach?.("audit_claimed");
    try {
      await auditAccount(ctx, account, last);
    } catch (error) {
      // The other accounts are not to wait for this one, nor the next audit for the lease.
      ctx.log.error({ err: error, supplier: account.slug }, "an audit broke off");
      await ctx.db.supplier.update({ where: { id: account.id }, data: { auditLeaseUntil: null } });
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
    returning audited_at, clock_offset_ms`;
  const [row] = rows;
  return row ? { auditedAt: row.audited_at, clockOffsetMs: row.clock_offset_ms } : null;
}

async function auditAccount(
  ctx: OrdersContext,
  account: SupplierAccount,
  { auditedAt, clockOffsetMs }: Last,
): Promise<void> {
  const last = auditedAt ?? ctx.now();
  const walk = await listOrders(ctx, account, {
    backTo: earliestThere(new Date(last.getTime() - AUDIT_OVERLAP_MS), clockOffsetMs),
    stopAtKnown: true,
    points: { read: "audit_page_read", recorded: "audit_page_recorded" },
  });
  // What was read is true even where the walk broke off.
  await ctx.db.$transaction(async (tx) => {
    await explainOrders(tx, ctx, account.id);
    await tx.supplier.update({
      where: { id: account.id },
      data: {
        auditLeaseUntil: null,
        ...(walk.isComplete ? { auditedAt: walk.startedAt } : {}),
      },
    });
  });
  if (walk.problem) {
    ctx.log.warn(
      { supplier: account.slug, problem: walk.problem },
      "the order list was not read through",
    );
  }
  await ctx.reach?.("audit_finished");
}
