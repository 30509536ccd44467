import Big from "big.js";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import type { Product } from "../catalogue/types.ts";
import { drawBytes } from "../chance.ts";
import { parseBody } from "../http/parse.ts";
import { invalid, notFound, refusal } from "../http/refusals.ts";
import type { Reply } from "../http/reply.ts";
import type { Call } from "../http/router.ts";
import { money, quote } from "../money.ts";
import { planOrder } from "../plan.ts";
import type { Order } from "../state.ts";
import type { World } from "../world.ts";
import { hasStock, type Line, lineProblems, priceOf } from "./order-lines.ts";
import { tellOne } from "./order-telling.ts";

const decimalText = z
  .union([z.string(), z.number().transform(String)])
  .refine(isDecimal, "Input should be a valid decimal");

const orderBody = z.object({
  items: z
    .array(
      z.object({
        itemId: z.string().min(1).max(64),
        quantity: z.int(),
        note: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .min(1)
    .max(10),
  totalPrice: decimalText.nullish(),
  isMock: z.boolean().nullish(),
  idempotencyKey: z.string().min(1).max(255).nullish(),
});

/** Creates an order, or refuses it. A refusal changes nothing but a price that moves by itself. */
export function createOrder(call: Call, world: World): Reply {
  const body = parseBody(call.body, orderBody);
  if ("refusal" in body) return body.refusal;
  const { items, totalPrice: guard, isMock, idempotencyKey } = body.value;
  if (idempotencyKey && world.orders.findByIdempotencyKey(idempotencyKey)) {
    return refusal(
      409,
      "ORDER_ALREADY_EXISTS",
      "An order with this idempotency key already exists",
    );
  }
  const lines: Line[] = [];
  for (const { itemId, quantity, note } of items) {
    const product = world.catalogue.product(itemId);
    if (product === undefined || product.id !== itemId) return notFound("Product");
    lines.push({ product, quantity, note: note ?? null });
  }
  const problems = lines.flatMap(lineProblems);
  if (problems.length > 0) return invalid(problems);

  for (const { product } of lines) movePrice(product, world);
  if (!isMock && lines.some((line) => !hasStock(line.product, lines, world))) {
    return refusal(409, "OUT_OF_STOCK", "Not enough stock for one of the items");
  }
  const totalPrice = priceOf(lines, call.currency, world);
  if (guard && !new Big(guard).eq(totalPrice)) {
    return refusal(
      409,
      "OFFER_PRICE_NOT_MATCHED",
      `The price is now ${totalPrice} ${call.currency}`,
    );
  }
  const charges = world.settings.createCharges;
  if (charges && !isMock && new Big(world.balanceOf(call.currency).available).lt(totalPrice)) {
    return refusal(400, "BALANCE_NOT_ENOUGH", "Not enough money on the balance");
  }

  const order = buildOrder(lines, call, world, {
    totalPrice,
    isMock: isMock ?? false,
    idempotencyKey: idempotencyKey ?? null,
  });
  world.orders.add(order);
  if (!order.isMock) for (const line of lines) world.moveStock(line.product, -line.quantity);
  if (charges) world.takePayment(order, order.createdAt);
  world.store.touch();
  return { status: 201, json: tellOne(order, call, world) };
}

function buildOrder(
  lines: readonly Line[],
  call: Call,
  world: World,
  rest: Pick<Order, "totalPrice" | "isMock" | "idempotencyKey">,
): Order {
  const { seed, timing, createCharges, chargedActiveMs } = world.settings;
  const createdAt = world.now();
  // The time is part of the name: after a reset ids differ, and a fixed clock still repeats them.
  const id = uuid({ random: drawBytes(16, seed, "order", world.orders.count(), createdAt) });
  const planned = lines.map(({ product, quantity }) => ({
    productId: product.id,
    quantity,
    fate: product.fate,
  }));
  return {
    id,
    seed,
    createdAt,
    paymentExpiresAt: createdAt + timing.paymentWindowMs,
    currency: call.currency,
    ...rest,
    origin: call.origin,
    items: lines.map(({ product, quantity, note }) => ({
      productId: product.id,
      quantity,
      price: quote(world.usdPriceOf(product), call.currency),
      note,
    })),
    plan: {
      ...planOrder(planned, call.fate, timing, createCharges ? chargedActiveMs : 0, [seed, id]),
      repeats: call.fate?.fate.repeatCode ? earlierItem(lines, world) : null,
    },
    payments: [],
    settled: null,
  };
}

/** The newest item ever ordered of the first line's product. */
function earlierItem([line]: readonly Line[], world: World): Order["plan"]["repeats"] {
  for (const order of world.orders.newestFirst()) {
    const item = order.items.findIndex(({ productId }) => productId === line?.product.id);
    if (item !== -1) return { orderId: order.id, item };
  }
  return null;
}

/** Goes to and fro between two prices, so that the one seen last is never the one that holds. */
function movePrice(product: Product, world: World) {
  if (!product.priceMovesWithEveryOrder) return;
  const moved = world.usdPriceOf(product) !== product.usdPrice;
  const to = moved ? product.usdPrice : money(new Big(product.usdPrice).times("1.05"));
  world.change({ priceChange: { to } }, [product.id]);
}

function isDecimal(text: string): boolean {
  return /^\d{1,15}(\.\d{1,12})?$/.test(text);
}
