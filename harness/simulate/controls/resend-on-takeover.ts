import { workOnClaim } from "#lib/orders/work-on-order.ts";
import { type Controls, NO_CONTROL } from "./control.ts";

/** Whoever takes over from a process that died while sending takes what it sent for not sent. */
export const resendOnTakeover: Controls = {
  ...NO_CONTROL,
  async workOnClaim(ctx, claim) {
    await ctx.db.$executeRaw`
      update order_attempts set outcome = 'refused', finished_at = ${ctx.now()}
      where order_id = ${claim.orderId}::uuid and outcome is null`;
    await workOnClaim(ctx, claim);
  },
};
