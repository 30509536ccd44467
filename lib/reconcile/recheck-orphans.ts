import type { OrdersContext } from "#lib/orders/context.ts";
import { mirrorOrders } from "#lib/placement/mirror.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";

const LOOK = { kind: "read", slice: "reconcile", what: "look" } as const;

/** In one audit; others have their turn in the next. */
const MOST_AT_ONCE = 5;
/** The list shows younger ones by itself. */
const AFTER_MS = 10 * 60_000;

/**
 * Unpaid leftovers of lost creates are looked at until they have run out: one that is paid after all is
 * a purchase that nobody knows of, and by then it may be too old for the audit's part of the list.
 */
export async function recheckOrphans(ctx: OrdersContext, account: SupplierAccount): Promise<void> {
  const orphans = await ctx.db.supplierOrder.findMany({
    where: {
      supplierId: account.id,
      attribution: "orphan",
      state: "awaiting_payment",
      lastSeenAt: { lt: new Date(ctx.now().getTime() - AFTER_MS) },
    },
    orderBy: [{ lastSeenAt: "asc" }, { supplierOrderId: "asc" }],
    take: MOST_AT_ONCE,
    select: { supplierOrderId: true, spelling: true },
  });
  for (const { supplierOrderId, spelling } of orphans) {
    const outcome = await ctx.suppliers.call(ctx, account, LOOK, (supplier) =>
      supplier.getOrder(spelling ?? supplierOrderId),
    );
    if (outcome.kind === "not_called") return;
    if (outcome.kind === "accepted") {
      const order = outcome.value;
      await ctx.db.$transaction((tx) => mirrorOrders(tx, ctx, account.id, [order]));
    } else {
      // The others are to have their turn too.
      await ctx.db.supplierOrder.update({
        where: { supplierId_supplierOrderId: { supplierId: account.id, supplierOrderId } },
        data: { lastSeenAt: ctx.now() },
      });
    }
  }
}
