import type { OrdersContext } from "#lib/orders/context.ts";
import { workOnClaim, workOnOrder } from "#lib/orders/work-on-order.ts";
import { type Controls, NO_CONTROL } from "./control.ts";

/** Completions are told of by whoever worked on the order, once that has committed: one who dies before tells nothing. */
export const tellAfter: Controls = {
  ...NO_CONTROL,
  async prepare(observer) {
    await observer.query(`
      alter function public.announce(jsonb) rename to announce_now;
      create function public.announce(told jsonb) returns integer language sql as $$
        select public.announce_now(coalesce(jsonb_agg(event), '[]')) from jsonb_array_elements(told) event
        where event->>'type' <> 'order.completed'
      $$`);
  },
  async workOnClaim(ctx, claim) {
    await workOnClaim(ctx, claim);
    await tellOf(ctx, claim.orderId);
  },
  async workOnOrder(ctx, orderId) {
    await workOnOrder(ctx, orderId);
    await tellOf(ctx, orderId);
  },
};

async function tellOf(ctx: OrdersContext, orderId: string): Promise<void> {
  const { status, isMock } = await ctx.db.order.findUniqueOrThrow({ where: { id: orderId } });
  if (status !== "completed") return;
  await ctx.reach?.("record_committed");
  const about = { subject: orderId, orderId, isMock, productIds: [], data: {} };
  const what = { id: ctx.newId(), type: "order.completed", version: 1, at: ctx.now() };
  await ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from orders where id = ${orderId}::uuid for update`;
    await tx.$queryRaw`select announce_now(${JSON.stringify([{ ...what, ...about }])}::jsonb)`;
  });
}
