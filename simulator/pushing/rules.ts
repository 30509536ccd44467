import { z } from "zod";
import { replyFaultSchema } from "../behaviours.ts";
import { draw } from "../chance.ts";

const milliseconds = z.int().min(0).max(86_400_000);

/** What becomes of an order: given when it is created, and kept. */
export const fateSchema = z.strictObject({
  completeAfterMs: milliseconds.optional(),
  fail: z.literal(true).optional(),
  stall: z.literal(true).optional(),
  refundAfterMs: milliseconds.optional(),
  /** So many codes fewer than were ordered. */
  missingCodes: z.int().min(1).max(1_000).optional(),
  /** Fulfilled and told before the create is answered. */
  tellFirst: z.literal(true).optional(),
});
export type Fate = z.infer<typeof fateSchema>;

/** What happens to one message on its way. */
export const messageFaultSchema = z.strictObject({
  lose: z.literal(true).optional(),
  repeat: z.int().min(1).max(100).optional(),
  lateMs: milliseconds.optional(),
  /** It is sent right after the next message. */
  behindNext: z.literal(true).optional(),
  wrongSignature: z.literal(true).optional(),
  unknownReference: z.literal(true).optional(),
  noCodes: z.literal(true).optional(),
  status: z.string().min(1).max(200).optional(),
  /** A body that is signed and makes no sense. */
  junk: z.literal(true).optional(),
});
export type MessageFault = z.infer<typeof messageFaultSchema>;

export const endpoints = ["create", "order", "find", "balance", "products"] as const;
export type Endpoint = (typeof endpoints)[number];

const { landLateMs: _, ...answerFaults } = replyFaultSchema.shape;

/** A rule is about requests (`endpoint`) or about messages (`event`). */
export const newRuleSchema = z.strictObject({
  match: z
    .strictObject({
      endpoint: z.enum(endpoints).optional(),
      event: z.string().optional(),
      sku: z.string().optional(),
      share: z.number().min(0).max(1).default(1),
      times: z.int().min(1).optional(),
    })
    .prefault({}),
  answer: z.strictObject(answerFaults).optional(),
  fate: fateSchema.optional(),
  message: messageFaultSchema.optional(),
});
export type NewRule = z.infer<typeof newRuleSchema>;
export type Rule = NewRule & { id: string; considered: number; fired: number };

/** What a rule can match. */
type Facts = { skus: readonly string[] } & ({ endpoint: Endpoint } | { event: string });

/** The newest rule of that kind which matches and wins its draw; counts that it fired. */
export function pickRule<Kind extends "answer" | "fate" | "message">(
  rules: readonly Rule[],
  kind: Kind,
  facts: Facts,
  seed: number,
): NonNullable<Rule[Kind]> | null {
  for (const rule of rules.toReversed()) {
    const does = rule[kind];
    if (!does || !matches(rule, facts)) continue;
    rule.considered++;
    if (draw(seed, rule.id, rule.considered) >= rule.match.share) continue;
    rule.fired++;
    return does as NonNullable<Rule[Kind]>;
  }
  return null;
}

function matches({ match, fired }: Rule, facts: Facts): boolean {
  if (match.times !== undefined && fired >= match.times) return false;
  if (match.sku !== undefined && !facts.skus.includes(match.sku)) return false;
  const named = "endpoint" in facts ? match.endpoint : match.event;
  const is = "endpoint" in facts ? facts.endpoint : facts.event;
  return named === undefined || named === is;
}
