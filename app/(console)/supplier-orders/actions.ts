"use server";

import { after } from "next/server";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { workOnOrder } from "#lib/orders/work-on-order.ts";
import { adoptSupplierOrder } from "#lib/reconcile/adopt-supplier-order.ts";
import { declareNotCreated } from "#lib/reconcile/declare-not-created.ts";
import { giveUpOrder } from "#lib/reconcile/give-up-order.ts";
import { markForeign } from "#lib/reconcile/mark-foreign.ts";
import type { DecisionResult } from "#lib/reconcile/types.ts";
import {
  type Adoption,
  adoptionSchema,
  type Foreign,
  foreignSchema,
  type OrderDecision,
  orderDecisionSchema,
  parseInput,
} from "./decision-input.ts";

type Decided = Promise<ActionResult<DecisionResult>>;

/** This supplier order is the one that was asked for; the order goes on right after the answer. */
export async function adoptSupplierOrderAction(input: Adoption): Decided {
  return runAction(async (ctx, actor, request) => {
    const adoption = parseInput(adoptionSchema, input);
    const result = await adoptSupplierOrder(ctx, actor, adoption, request);
    if (result.kind === "done") after(() => workOnOrder(ctx, adoption.orderId));
    return result;
  });
}

/** The order was not placed; it is sent again right after the answer. */
export async function declareNotCreatedAction(input: OrderDecision): Decided {
  return runAction(async (ctx, actor, request) => {
    const decision = parseInput(orderDecisionSchema, input);
    const result = await declareNotCreated(ctx, actor, decision, request);
    if (result.kind === "done") after(() => workOnOrder(ctx, decision.orderId));
    return result;
  });
}

/** The order ends here; nothing is sent again. */
export async function giveUpOrderAction(input: OrderDecision): Decided {
  return runAction((ctx, actor, request) =>
    giveUpOrder(ctx, actor, parseInput(orderDecisionSchema, input), request),
  );
}

/** The supplier order was placed by somebody else than Keyhold. */
export async function markForeignAction(input: Foreign): Decided {
  return runAction((ctx, actor, request) =>
    markForeign(ctx, actor, parseInput(foreignSchema, input), request),
  );
}
