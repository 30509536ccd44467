import type { Pace } from "#lib/polling/look-schedule.ts";
import type { Claim } from "./claims.ts";
import type { OrdersContext } from "./context.ts";

/** How the claimed order is to be looked at; nothing where that can't be found out: no answer waits for it. */
export async function paceFor(
  ctx: OrdersContext,
  { supplierId, externalIds }: Claim,
): Promise<Pace | undefined> {
  try {
    return await ctx.paces?.paceOf(ctx, supplierId, externalIds);
  } catch (error) {
    ctx.log.warn({ err: error, supplierId }, "the pace of looks could not be read");
    return undefined;
  }
}
