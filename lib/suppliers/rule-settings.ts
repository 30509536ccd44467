import { z } from "zod";
import type { Tx } from "#lib/platform/db.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ms = (least: number, most: number) => z.int().min(least).max(most);

/** When something about an account or its orders is worth a person's look; null is the default again. */
export const ruleSettings = z
  .strictObject({
    /** An order is slow beyond so many times what 95 of 100 orders of its product take. */
    slowFactor: z.number().min(1).max(20).nullable(),
    /** A payment is due when the supplier takes it for no longer than this. */
    paymentExpiringMs: ms(MINUTE, 24 * HOUR).nullable(),
    /** A balance that was told longer ago is out of date. */
    balanceStaleMs: ms(2 * MINUTE, 24 * HOUR).nullable(),
    /** So is a catalogue that was read through longer ago. */
    catalogOutdatedMs: ms(30 * MINUTE, 7 * 24 * HOUR).nullable(),
    /** An account is slow whose answers take longer on average. */
    slowAnswerMs: ms(500, 60_000).nullable(),
  })
  .partial();

export type GivenRuleSettings = z.infer<typeof ruleSettings>;
export type RuleSettings = { [Name in keyof Required<GivenRuleSettings>]: number };

export const RULE_DEFAULTS: RuleSettings = {
  slowFactor: 1,
  paymentExpiringMs: 5 * MINUTE,
  // It is asked for each minute.
  balanceStaleMs: 10 * MINUTE,
  // It is read through each quarter of an hour.
  catalogOutdatedMs: 2 * HOUR,
  slowAnswerMs: 5_000,
};

const stored = z.object({
  slowFactor: z.number().optional().catch(undefined),
  paymentExpiringMs: z.number().optional().catch(undefined),
  balanceStaleMs: z.number().optional().catch(undefined),
  catalogOutdatedMs: z.number().optional().catch(undefined),
  slowAnswerMs: z.number().optional().catch(undefined),
});

/** Stored settings with the defaults filled in; what can't be read counts as not set. Pure. */
export function readRuleSettings(settings: unknown): RuleSettings {
  const given = stored.safeParse(settings).data ?? {};
  return {
    slowFactor: given.slowFactor ?? RULE_DEFAULTS.slowFactor,
    paymentExpiringMs: given.paymentExpiringMs ?? RULE_DEFAULTS.paymentExpiringMs,
    balanceStaleMs: given.balanceStaleMs ?? RULE_DEFAULTS.balanceStaleMs,
    catalogOutdatedMs: given.catalogOutdatedMs ?? RULE_DEFAULTS.catalogOutdatedMs,
    slowAnswerMs: given.slowAnswerMs ?? RULE_DEFAULTS.slowAnswerMs,
  };
}

/** Sets some of them; what is left out stays. */
export async function configureRules(
  tx: Tx,
  supplierId: string,
  given: GivenRuleSettings,
): Promise<void> {
  await tx.$executeRaw`
    update suppliers set rule_settings = jsonb_strip_nulls(rule_settings || ${JSON.stringify(given)}::jsonb)
    where id = ${supplierId}::uuid`;
}
