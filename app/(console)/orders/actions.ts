"use server";

import { after } from "next/server";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { lookNow } from "#lib/orders/look-now.ts";
import type { NewOrder, PlaceResult } from "#lib/orders/new-order.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { isUuid } from "#lib/platform/ids.ts";

/** Commits the intent and answers; the supplier is called right after the answer has gone out. */
export async function placeOrderAction(order: NewOrder): Promise<ActionResult<PlaceResult>> {
  return runAction(async (ctx, actor, request) => {
    const result = await placeOrder(ctx, actor, order, request);
    if (result.kind === "placed") after(() => workOnOrder(ctx, result.orderId));
    return result;
  });
}

/** Looks at an order right after the answer has gone out, rather than when it is due. */
export async function lookNowAction(orderId: string): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor) => {
    if (!isUuid(orderId)) throw new KeyholdError("not_found", "no such order");
    await lookNow(ctx, actor, orderId);
    after(() => workOnOrder(ctx, orderId));
    return null;
  });
}
