/** What persons decide in tests, about orders of the account that the test has opened. */
import { testActor } from "#prisma/factories.ts";
import { adoptSupplierOrder } from "./adopt-supplier-order.ts";
import { declareNotCreated } from "./declare-not-created.ts";
import { giveUpOrder } from "./give-up-order.ts";
import { type Account, REQUEST } from "./reconcile.fixture.ts";
import type { DecisionResult } from "./types.ts";

export const asha = testActor("operator");
export const ravi = testActor("admin");
export const REASON = "The supplier's desk says so.";

type Facts = { reason?: string; picture?: string | null; supplierOrderId?: string };
export type Verb = (orderId: string, facts?: Facts, by?: typeof asha) => Promise<DecisionResult>;

/** Each with a reason, on no particular picture and by Asha, unless the test says otherwise. */
export function decisions(account: () => Account): Record<"adopt" | "notCreated" | "giveUp", Verb> {
  return {
    async adopt(orderId, facts = {}, by = asha) {
      const one = account();
      const { reason = REASON, picture = null } = facts;
      const supplierOrderId = facts.supplierOrderId ?? (await one.theirs())[0] ?? "x";
      const input = { orderId, supplierOrderId, reason, picture };
      return adoptSupplierOrder(one.ctx, by, input, REQUEST);
    },
    notCreated: (orderId, { reason = REASON, picture = null } = {}, by = asha) =>
      declareNotCreated(account().ctx, by, { orderId, reason, picture }, REQUEST),
    giveUp: (orderId, { reason = REASON, picture = null } = {}, by = asha) =>
      giveUpOrder(account().ctx, by, { orderId, reason, picture }, REQUEST),
  };
}

/** What came of a decision, in one word. */
export const outcome = (decision: Promise<DecisionResult>): Promise<string> =>
  decision.then(
    ({ kind }) => kind,
    (error) => error.code ?? String(error),
  );

/** The audit entries about an order, since it was placed. */
export const auditOf = ({ ctx }: Account, orderId: string) =>
  ctx.db.auditEntry.findMany({
    where: { objectId: orderId, action: { startsWith: "order.", not: "order.placed" } },
    orderBy: { seq: "asc" },
  });
