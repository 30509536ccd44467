import {
  fateOf,
  type Lie,
  lieOf,
  type Manner,
  mannerOf,
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

/** One behaviour of each kind, at most. */
type Offer = {
  world: { change: WorldChange; productIds: readonly string[] } | null;
  fate: GivenFate | null;
  reply: ReplyFault | null;
  manner: Manner | null;
  lie: Lie | null;
};

export type Picked = Offer & { ruleIds: readonly string[] };

const kinds = ["world", "fate", "reply", "manner", "lie"] as const;

/**
 * Picks what happens to one request: for each kind of behaviour the newest rule that matches and wins
 * its draw. Counts in the rules what it considered and fired.
 */
export function pickRules(rules: readonly Rule[], facts: RequestFacts, seed: number): Picked {
  let picked: Offer = { world: null, fate: null, reply: null, manner: null, lie: null };
  const ruleIds: string[] = [];
  for (const rule of rules.toReversed()) {
    if (!matches(rule, facts)) continue;
    const offer = offerOf(rule, facts);
    if (!kinds.some((kind) => offer[kind] !== null && picked[kind] === null)) continue;
    rule.considered++;
    // Drawn by the rule's own count, so that other traffic doesn't change what this rule does.
    if (draw(seed, rule.id, rule.considered) >= rule.match.share) continue;
    rule.fired++;
    picked = {
      world: picked.world ?? offer.world,
      fate: picked.fate ?? offer.fate,
      reply: picked.reply ?? offer.reply,
      manner: picked.manner ?? offer.manner,
      lie: picked.lie ?? offer.lie,
    };
    ruleIds.push(rule.id);
  }
  return { ...picked, ruleIds };
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

function offerOf(rule: Rule, facts: RequestFacts): Offer {
  const change = worldChangeOf(rule.do);
  const productIds = rule.match.product === undefined ? facts.productIds : [rule.match.product];
  const needsProduct = change?.balance === undefined && change?.clockOffsetMs === undefined;
  const hasTarget = change !== null && (!needsProduct || productIds.length > 0);
  const fate = facts.endpoint === "create" ? fateOf(rule.do) : null;
  return {
    world: change !== null && hasTarget ? { change, productIds } : null,
    fate: fate === null ? null : { fate, productId: rule.match.product ?? null },
    reply: replyFaultOf(rule.do),
    manner: mannerOf(rule.do),
    lie: lieOf(rule.do),
  };
}
