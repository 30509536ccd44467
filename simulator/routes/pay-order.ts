import Big from "big.js";
import { z } from "zod";
import { parseBody } from "../http/parse.ts";
import { notFound, refusal } from "../http/refusals.ts";
import { ok, type Reply } from "../http/reply.ts";
import type { Call } from "../http/router.ts";
import { orderTruth } from "../lifecycle.ts";
import type { World } from "../world.ts";
import { tellOne, wrapOne } from "./order-telling.ts";
import { orderView } from "./order-view.ts";

const payBody = z.object({
  paymentProvider: z.string().nullish(),
  paymentReturnUrl: z.string().nullish(),
});

/** Pays an active order from the balance, once. Another provider gets a page that never pays. */
export function payOrder(call: Call, world: World): Reply {
  const body = parseBody(call.body, payBody);
  if ("refusal" in body) return body.refusal;
  const order = world.orders.find(call.params.order ?? "");
  if (order === undefined) return notFound("Order");
  const now = world.now();
  if (orderTruth(order, now).status !== "active" || order.payments.length > 0) {
    return refusal(
      409,
      "ORDER_PAYMENT_NOT_POSSIBLE",
      "The order can't be paid in its present state",
    );
  }
  if (body.value.paymentProvider) {
    const paymentUrl = `https://pay.example.com/${body.value.paymentProvider}/${order.id}`;
    return ok(wrapOne({ ...orderView(order, world), paymentUrl }, call));
  }
  if (!order.isMock && new Big(world.balanceOf(order.currency).available).lt(order.totalPrice)) {
    return refusal(400, "BALANCE_NOT_ENOUGH", "Not enough money on the balance");
  }
  world.takePayment(order, now);
  world.store.touch();
  return ok(tellOne(order, call, world));
}
