import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { recordWithin } from "#lib/orders/record-observations.ts";
import { type DecisionInput, decideOnOrder } from "./decide-on-order.ts";
import type { DecisionResult } from "./types.ts";

/**
 * A person ends an order that is in doubt, or waits for one. Should a supplier order turn up all the
 * same, it is nobody's and shown as such. Throws as `decideOnOrder` does.
 */
export async function giveUpOrder(
  ctx: OrdersContext,
  actor: Actor,
  input: DecisionInput,
  request: RequestFacts,
): Promise<DecisionResult> {
  return decideOnOrder(
    ctx,
    actor,
    input,
    request,
    { needsList: false },
    async (tx, { orderId, reason }) => {
      await recordWithin(tx, ctx, [
        {
          orderId,
          source: "person",
          answer: { kind: "given_up" },
          attemptId: null,
          leaseToken: null,
          decidedBy: { actor: actor.name, reason },
        },
      ]);
      await tx.orderProposal.deleteMany({ where: { orderId } });
      return { result: { kind: "done" }, audit: { action: "order.given-up" } };
    },
  );
}
