import { apiRoute } from "#app/_server/api-route.ts";
import { placeInTurn, sendWhenQuiet } from "#app/_server/order-turns.ts";
import { placeOrder } from "#lib/api/operations.ts";
import { placeForKey } from "#lib/api/place-for-key.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";

/** `POST /orders`. @param after runs what is left to do once the answer has gone out, as Next's `after` does */
export const placeOverApi = (after: (work: () => Promise<unknown>) => void) =>
  apiRoute(placeOrder, async (ctx, { actor, body, idempotencyKey, request }) => {
    const placed = await placeInTurn(body.refuseSimilar === true, () =>
      placeForKey(ctx, actor, body, { idempotencyKey, request }),
    );
    if (!placed) return { problem: { code: "unavailable", retryAfterSeconds: 1 } };
    if (placed.kind === "problem") return placed;
    const { order, isNew, isReplayed } = placed;
    // The supplier is called after the answer has gone out.
    if (isNew) after(() => sendWhenQuiet(() => workOnOrder(ctx, order.id)));
    return { status: isNew ? 201 : 200, body: order, isReplayed };
  });
