import { createHash } from "node:crypto";
import { findSold, type Named } from "#lib/catalog/find-sold.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import type { PlaceRequest, PlaceResult } from "#lib/orders/new-order.ts";
import { placeOrder } from "#lib/orders/place-order.ts";
import { findPlaced, type PlacedOrder, readPlaced } from "#lib/orders/read-placed.ts";
import { compareAmounts, totalOf } from "#lib/platform/money.ts";
import type { KeyActor } from "./check-key.ts";
import { type Answer, fingerprintOfRequest, type Hold, once } from "./once.ts";
import { problemOfOrder } from "./problem-of-order.ts";
import { type Problem, statusOf } from "./problems.ts";
import type { ApiNewOrder } from "./schemas.ts";

/** The catalogue may move between reading and placing; more often than this it is somebody else's turn. */
const MOST_PRICES = 3;

/** What is kept of an answer: the order as it was, or why there is none, with the first request's reference. */
type Kept = { order: PlacedOrder } | { problem: Problem; reference: string };

export type PlacedForKey =
  | { kind: "order"; order: PlacedOrder; isNew: boolean; isReplayed: boolean }
  | { kind: "problem"; problem: Problem; reference: string; isReplayed: boolean };

/**
 * Places an order for whoever has a key, once for each `Idempotency-Key`. The order's reference is made of the
 * two, so that a request that comes again after a crash finds the order that the first one made, even where its
 * answer was never written down.
 */
export async function placeForKey(
  ctx: OrdersContext,
  actor: KeyActor,
  wanted: ApiNewOrder,
  { idempotencyKey, request }: { idempotencyKey: string; request: PlaceRequest },
): Promise<PlacedForKey> {
  const reference = request.correlationId;
  const clientRef = clientRefOf(actor.id, idempotencyKey);
  const fingerprint = fingerprintOfRequest("POST", "/orders", wanted);
  let isNew = false;
  const work = async ({ mayBeDone, keepHold }: Hold): Promise<Answer<Kept>> => {
    const earlier = mayBeDone ? await findPlaced(ctx, actor, clientRef) : null;
    const asked = { clientRef, request, keepHold };
    const placed = earlier ? earlier.id : await place(ctx, actor, wanted, asked);
    if (typeof placed !== "string") {
      const isKept = statusOf(placed.code) < 500;
      return {
        ...{ status: statusOf(placed.code), body: { problem: placed, reference } },
        ...{ orderId: null, isKept },
      };
    }
    isNew = earlier === null;
    const order = earlier ?? (await readPlaced(ctx, actor, placed));
    if (!order) throw new Error(`The order ${placed} was placed and can't be read.`);
    return { status: 201, body: { order }, orderId: placed, isKept: true };
  };
  const result = await once<Kept>(ctx, { keyId: actor.id, idempotencyKey, fingerprint }, work);
  switch (result.kind) {
    case "reused":
      return ours({ code: "idempotency_key_reused" }, reference);
    case "in_use": {
      const { retryAfterSeconds } = result;
      return ours({ code: "idempotency_key_in_use", retryAfterSeconds }, reference);
    }
    case "answered": {
      const { body, isReplayed } = result;
      return "order" in body
        ? { kind: "order", order: body.order, isNew: isNew && !isReplayed, isReplayed }
        : { kind: "problem", ...body, isReplayed };
    }
  }
}

const ours = (problem: Problem, reference: string): PlacedForKey => ({
  kind: "problem",
  problem,
  reference,
  isReplayed: false,
});

/** The same for ever: orders are found by it after a crash. */
const clientRefOf = (keyId: string, idempotencyKey: string): string =>
  `api-${createHash("sha256").update(`${keyId}\n${idempotencyKey}`).digest("base64url")}`;

/** The order's id, or what stands in the way. */
async function place(
  ctx: OrdersContext,
  actor: KeyActor,
  wanted: ApiNewOrder,
  {
    clientRef,
    request,
    keepHold,
  }: Pick<Hold, "keepHold"> & { clientRef: string; request: PlaceRequest },
): Promise<string | Problem> {
  const names = wanted.items.map(({ itemId }) => itemId);
  const lines = pick(wanted, await findSold(ctx, actor, names, wanted.supplier));
  if ("code" in lines) return lines;
  let agreedTotal = totalOf(lines.map(({ price, quantity }) => ({ unitPrice: price, quantity })));
  for (let price = 1; ; price++) {
    const tooMuch = aboveMaximum(wanted, agreedTotal, lines[0]?.currency);
    if (tooMuch) return tooMuch;
    const result: PlaceResult = await placeOrder(
      ctx,
      actor,
      {
        clientRef,
        lines: lines.map(({ id, quantity, note }) => ({ productId: id, quantity, note })),
        customerRef: wanted.customerRef ?? null,
        isMock: wanted.isMock ?? false,
        agreedTotal,
        ...(wanted.refuseSimilar ? { refuseSimilar: true } : {}),
      },
      request,
      keepHold,
    );
    // The reference is made of the key and its request, and what that asked for has been compared.
    if (result.kind === "placed" || result.kind === "repeated") return result.orderId;
    if (result.kind === "reference_taken") return result.orderId;
    const moved = movedTo(result);
    if (moved === null || price >= MOST_PRICES) return problemOfOrder(result);
    agreedTotal = moved;
  }
}

type Line = Named & { quantity: number; note: Record<string, string | number> };

function pick(wanted: ApiNewOrder, sold: Map<string, Named[]>): Line[] | Problem {
  const lines: Line[] = [];
  for (const [index, { itemId, quantity, note }] of wanted.items.entries()) {
    const [product, ...others] = sold.get(itemId) ?? [];
    const pointer = `#/items/${index}/itemId`;
    if (!product) {
      const errors = [{ pointer, detail: "There is no such product." }];
      return { code: "unknown_product", facts: { errors } };
    }
    if (others.length > 0) {
      const errors = [{ pointer, detail: "Several suppliers have a product with this id." }];
      return { code: "ambiguous_product", facts: { errors } };
    }
    lines.push({ ...product, quantity, note: note ?? {} });
  }
  return lines;
}

function aboveMaximum(
  { maxTotalPrice }: ApiNewOrder,
  total: string,
  currency: string | undefined,
): Problem | null {
  if (maxTotalPrice === undefined || compareAmounts(total, maxTotalPrice) <= 0) return null;
  const facts = { total, maxTotalPrice, ...(currency ? { currency } : {}) };
  return { code: "price_above_maximum", facts };
}

function movedTo(result: PlaceResult): string | null {
  if (result.kind !== "invalid") return null;
  const [problem] = result.problems;
  return problem?.kind === "price_changed" ? problem.total : null;
}
