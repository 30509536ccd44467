import { z } from "zod";
import { behaviourSchema, fateOf } from "../behaviours.ts";
import { catchUp } from "../catch-up.ts";
import { orderTruth } from "../lifecycle.ts";
import { replanOrder } from "../plan.ts";
import { isSpent } from "../rules.ts";
import { type Rule, ruleMatchSchema } from "../state.ts";
import type { World } from "../world.ts";

/** The body of `POST /rules`. */
export const newRuleSchema = z.strictObject({
  match: ruleMatchSchema.default({ endpoint: "any", share: 1 }),
  do: behaviourSchema,
});
export type NewRule = z.infer<typeof newRuleSchema>;

export type Added = { ok: true; rule: ReturnType<typeof ruleView> } | { ok: false; why: string };

/** Adds a rule. A fate for one order is applied to it here and now, and waits for no request. */
export function addRule(given: NewRule, world: World): Added {
  const { state } = world.store;
  const match = { ...given.match };
  if (match.product !== undefined) {
    const product = world.catalogue.product(match.product);
    if (product === undefined) return { ok: false, why: `There is no product ${match.product}` };
    match.product = product.id;
  }
  const rule: Rule = { id: `rule-${state.nextRule}`, match, do: given.do, considered: 0, fired: 0 };
  if (match.order !== undefined) {
    const why = applyToOrder(rule, match.order, world);
    if (why !== null) return { ok: false, why };
  }
  state.nextRule++;
  state.rules.push(rule);
  world.store.touch();
  return { ok: true, rule: ruleView(rule) };
}

/** Returns why it can't be done, or null. */
function applyToOrder(rule: Rule, orderId: string, world: World): string | null {
  catchUp(world);
  const order = world.orders.find(orderId);
  if (order === undefined) return `There is no order ${orderId}`;
  const fate = fateOf(rule.do);
  if (fate === null) return null;
  if (order.settled !== null) {
    return `Order ${orderId} is ${orderTruth(order, world.now()).status} already, which is final`;
  }
  order.plan = replanOrder(order, fate, world.now(), [order.seed, order.id, rule.id]);
  return null;
}

/** A rule as the control port shows it. */
export function ruleView(rule: Rule) {
  return { id: rule.id, match: rule.match, do: rule.do, fired: rule.fired, spent: isSpent(rule) };
}
