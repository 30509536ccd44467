/** Parts of the recipes that seem to do, and don't. */
import type { OrdersContext } from "#lib/orders/context.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";

export type InDoubt = {
  id: string;
  supplierId: string;
  isMock: boolean;
  items: { externalId: string; quantity: number }[];
};

export function ordersInDoubt(ctx: OrdersContext): Promise<InDoubt[]> {
  return ctx.db.order.findMany({
    where: { status: "unconfirmed" },
    orderBy: { id: "asc" },
    select: {
      id: true,
      supplierId: true,
      isMock: true,
      items: { orderBy: { position: "asc" }, select: { externalId: true, quantity: true } },
    },
  });
}

const LIST = { kind: "read", slice: "reconcile", what: "list" } as const;

/** The supplier's first page, newest first; null where it can't be read. */
export async function listNewest(
  ctx: OrdersContext,
  supplierId: string,
): Promise<SupplierOrder[] | null> {
  const account = ctx.suppliers.byId(supplierId);
  if (!account) return null;
  const outcome = await ctx.suppliers.call(ctx, account, LIST, (supplier) =>
    supplier.listOrders(null),
  );
  return outcome.kind === "accepted" ? outcome.value.items : null;
}

export function sameGoods(ours: InDoubt, theirs: SupplierOrder): boolean {
  return (
    theirs.isMock === ours.isMock &&
    theirs.items.length === ours.items.length &&
    ours.items.every(({ externalId, quantity }, line) => {
      const other = theirs.items[line];
      return other?.productId === externalId && other.quantity === quantity;
    })
  );
}
