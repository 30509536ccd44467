import { workOnClaim } from "#lib/orders/work-on-order.ts";
import { type Controls, NO_CONTROL } from "./control.ts";

const LOOKED_AT = ["paid", "processing", "partial"];
const LOOK = { kind: "read", slice: "poll", what: "look" } as const;
const NAMES: Record<string, string> = {
  awaiting_payment: "awaiting_payment",
  unknown: "processing",
};

/** The supplier's last word is the order's status, however late or stale it comes. */
export const noForwardGuard: Controls = {
  ...NO_CONTROL,
  async prepare(observer) {
    await observer.query(
      "drop trigger orders_forward_only on orders; alter table orders drop constraint orders_finished_at",
    );
  },
  async workOnClaim(ctx, claim) {
    await workOnClaim(ctx, claim);
    if (!LOOKED_AT.includes(claim.status)) return;
    const order = await ctx.db.order.findUnique({ where: { id: claim.orderId } });
    const account = order && ctx.suppliers.byId(order.supplierId);
    const id = order?.supplierOrderId;
    if (!account || !id) return;
    const outcome = await ctx.suppliers.call(ctx, account, LOOK, (supplier) =>
      supplier.getOrder(id),
    );
    if (outcome.kind !== "accepted") return;
    const status = NAMES[outcome.value.state] ?? outcome.value.state;
    await ctx.db.$executeRaw`
      update orders set status = ${status}::order_status, next_poll_at = now()
      where id = ${claim.orderId}::uuid`;
  },
};
