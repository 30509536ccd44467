import { z } from "zod";
import type { Json } from "#lib/platform/json.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import { schedule, stalledAfterMs, sweep } from "#lib/polling/polling-settings.ts";
import { ruleSettings } from "#lib/suppliers/rule-settings.ts";
import { GUARD_TRUSTED } from "./capabilities.ts";

/** A value and how it is described to whoever got it wrong. */
type Setting = { value: z.ZodType<Json>; expected: string };

const flag: Setting = { value: z.boolean(), expected: "true or false" };
const oneOf = (...words: string[]): Setting => ({
  value: z.enum(words),
  expected: words.join(", "),
});

const count = (least: number, most: number) => ({
  value: z.int().min(least).max(most),
  expected: `a whole number from ${least} to ${most}`,
});

/** What is known of an account's API, by name; see `lib/suppliers/probe-types.ts`. */
const CAPABILITIES: Record<string, Setting> = {
  create_is_free: flag,
  status_after_create: { value: z.string().min(1).max(100), expected: "a word" },
  pay_on_mock: oneOf("accepted", "refused", "unknown"),
  pay_twice: oneOf("accepted", "refused", "unknown"),
  list_order: oneOf("newest_first", "oldest_first", "unclear"),
  list_lag_ms: { value: z.int().min(0), expected: "a whole number of milliseconds" },
  list_shows_mocks: flag,
  note_echoed: flag,
  quantity_echoed: flag,
  mock_echoed: flag,
  duplicate_guard: oneOf(GUARD_TRUSTED),
  idempotency_key: oneOf("ignored", "refused", "same_order", "not_taken"),
  retry_after_form: oneOf("seconds", "date", "none", "not_seen"),
  landing_after_abort: oneOf("landed", "not_seen"),
};

/** Null makes a capability unknown again. */
const capabilities = z.strictObject(
  Object.fromEntries(
    Object.entries(CAPABILITIES).map(([name, { value }]) => [name, value.nullish()]),
  ),
);

const amount = z.string().regex(/^\d{1,13}(\.\d{1,4})?$/);

/** Below `lowAt` a currency is low; with `okAt` it has recovered. Below `criticalAt` it is about to run dry. */
const lines = z
  .strictObject({ lowAt: amount, okAt: amount.optional(), criticalAt: amount.optional() })
  .transform(({ lowAt, okAt = lowAt, criticalAt = null }) => ({ lowAt, okAt, criticalAt }))
  .refine(({ lowAt, okAt }) => compareAmounts(lowAt, okAt) <= 0)
  .refine(({ lowAt, criticalAt }) => criticalAt === null || compareAmounts(criticalAt, lowAt) <= 0)
  .nullable();

/** By currency. */
const balance = z.record(z.string().regex(/^[A-Z0-9]{2,10}$/), lines).nullable();

const SETTINGS = {
  settlingMs: {
    value: z.int().min(1_000).max(86_400_000),
    expected: "a whole number of milliseconds from 1000 to 86400000",
  },
  isExclusive: { value: z.boolean(), expected: "true or false" },
  secondPersonAbove: {
    value: amount.nullable(),
    expected: 'an amount as text such as "250.00", or null for never',
  },
  balance: {
    value: balance,
    expected:
      'lines by currency such as {"USD": {"lowAt": "50", "okAt": "60", "criticalAt": "20"}}, amounts as text, the second not below the first and the third not above it; a currency is null for never, and so is all of it',
  },
  schedule: {
    value: schedule,
    expected: 'an object such as {"preset": "learned"}; presets: backoff, steady, learned',
  },
  sweep: { value: sweep, expected: "auto, off" },
  callsPerMinute: count(6, 100_000),
  readsAtOnce: count(1, 64),
  writesAtOnce: count(1, 16),
  supportEmail: {
    value: z.email().max(254).nullable(),
    expected: "an e-mail address, or null for none",
  },
  stalledAfterMs: {
    value: stalledAfterMs.nullable(),
    expected: "a whole number of milliseconds from 60000 to 86400000, or null for the usual",
  },
  rules: {
    value: ruleSettings,
    expected:
      'an object such as {"slowFactor": 2}; there are slowFactor (1 to 20), paymentExpiringMs, balanceStaleMs, catalogOutdatedMs and slowAnswerMs (milliseconds), each null for the usual',
  },
  capabilities: { value: capabilities, expected: 'an object such as {"create_is_free": true}' },
};

const schema = z
  .strictObject({
    settlingMs: SETTINGS.settlingMs.value,
    isExclusive: SETTINGS.isExclusive.value,
    secondPersonAbove: SETTINGS.secondPersonAbove.value,
    balance: SETTINGS.balance.value,
    schedule: SETTINGS.schedule.value,
    sweep: SETTINGS.sweep.value,
    callsPerMinute: SETTINGS.callsPerMinute.value,
    readsAtOnce: SETTINGS.readsAtOnce.value,
    writesAtOnce: SETTINGS.writesAtOnce.value,
    supportEmail: SETTINGS.supportEmail.value,
    stalledAfterMs: SETTINGS.stalledAfterMs.value,
    rules: SETTINGS.rules.value,
    capabilities,
  })
  .partial();

export type SupplierConfig = z.infer<typeof schema>;

/** How an account is to be treated, or sentences on what is wrong with what was given. Pure. */
export function parseSupplierConfig(input: unknown): SupplierConfig | string[] {
  const result = schema.safeParse(input);
  if (!result.success) return result.error.issues.map(sentence);
  if (Object.keys(result.data).length > 0) return result.data;
  return [`Nothing is given to be set. ${thereAre(SETTINGS)}`];
}

function sentence(issue: z.core.$ZodIssue): string {
  const [first, second] = issue.path.map(String);
  if (first === undefined || (first === "capabilities" && second === undefined)) {
    const [what, known] =
      first === undefined ? ["setting", SETTINGS] : ["capability", CAPABILITIES];
    if (issue.code === "unrecognized_keys") {
      return `There is no ${what} ${issue.keys.join(", ")}. ${thereAre(known)}`;
    }
  }
  if (first === undefined) return `The configuration has to be an object. ${thereAre(SETTINGS)}`;
  if (first === "capabilities" && second !== undefined) {
    return `capabilities.${second} has to be ${CAPABILITIES[second]?.expected}, or null for unknown.`;
  }
  return `${first} has to be ${SETTINGS[first as keyof typeof SETTINGS].expected}.`;
}

const thereAre = (known: object): string => `There are: ${Object.keys(known).join(", ")}.`;
