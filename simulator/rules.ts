import {
  fateOf,
  type ReplyFault,
  replyFaultOf,
  type WorldChange,
  worldChangeOf,
} from "./behaviours.ts";
import { draw } from "./chance.ts";
import type { GivenFate } from "./plan.ts";
import type { Endpoint, Rule } from "./state.ts";

/** What a rule can match: the endpoint, and the order and products that the request names. */
export type RequestFacts = {
  endpoint: Endpoint;
  orderId: string | null;
  productIds: readonly string[];
};

export type Picked = {
  world: { change: WorldChange; productIds: readonly string[] } | null;
  fate: GivenFate | null;
  reply: ReplyFault | null;
  ruleIds: readonly string[];
};

/**
 * Picks what happens to one request: for each kind of behaviour the newest rule that matches and wins
 * its draw. Counts in the rules what it considered and fired.
 */
export function pickRules(rules: readonly Rule[], facts: RequestFacts, seed: number): Picked {
  const picked: { -readonly [Key in keyof Picked]: Picked[Key] } & { ruleIds: string[] } = {
    world: null,
    fate: null,
    reply: null,
    ruleIds: [],
  };
  for (const rule of rules.toReversed()) {
    if (!matches(rule, facts)) continue;
    const offer = offerOf(rule, facts);
    const wanted =
      (offer.world !== null && picked.world === null) ||
      (offer.fate !== null && picked.fate === null) ||
      (offer.reply !== null && picked.reply === null);
    if (!wanted) continue;
    rule.considered++;
    // Drawn by the rule's own count, so that other traffic doesn't change what this rule does.
    if (draw(seed, rule.id, rule.considered) >= rule.match.share) continue;
    rule.fired++;
    picked.world ??= offer.world;
    picked.fate ??= offer.fate;
    picked.reply ??= offer.reply;
    picked.ruleIds.push(rule.id);
  }
  return picked;
}

/** A rule is spent when it fired as often as it was allowed to. */
export function isSpent(rule: Rule): boolean {
  return rule.match.times !== undefined && rule.fired >= rule.match.times;
}

function matches(rule: Rule, facts: RequestFacts): boolean {
  const { endpoint, order, product } = rule.match;
  return (
    !isSpent(rule) &&
    (endpoint === "any" || endpoint === facts.endpoint) &&
    (order === undefined || order === facts.orderId) &&
    (product === undefined || facts.productIds.includes(product))
  );
}

function offerOf(rule: Rule, facts: RequestFacts) {
  const change = worldChangeOf(rule.do);
  const productIds = rule.match.product === undefined ? facts.productIds : [rule.match.product];
  const hasTarget = change !== null && (change.balance !== undefined || productIds.length > 0);
  const fate = facts.endpoint === "create" ? fateOf(rule.do) : null;
  return {
    world: change !== null && hasTarget ? { change, productIds } : null,
    fate: fate === null ? null : { fate, productId: rule.match.product ?? null },
    reply: replyFaultOf(rule.do),
  };
}
