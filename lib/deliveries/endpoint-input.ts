import { z } from "zod";
import { EVENT_TYPES } from "#lib/events/types.ts";
import {
  LONGEST_ENDPOINT_NAME,
  LONGEST_WAIT_MS,
  MOST_PER_MINUTE,
  MOST_PRODUCTS,
  MOST_SENDS_AT_ONCE,
  MOST_WAITS,
  SHORTEST_WAIT_MS,
} from "./endpoint-limits.ts";
import { PAYLOAD_STYLES } from "./types.ts";

/** What is wrong, and where: a field's path, as `config.host`, and a word that forms put into a sentence. */
export type EndpointProblem = { path: string; code: string };

const settingsSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "required")
    .max(LONGEST_ENDPOINT_NAME, "too_long")
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, "characters"),
  /** As its channel has them; see `endpoint-schema.ts`. */
  config: z.record(z.string(), z.unknown()),
  /**
   * Those that are new: what is left out stays as it is, null takes it away. Of a webhook: `signing`, a secret of
   * the receiver's choice, and `headers`, values by name.
   */
  secrets: z.record(z.string(), z.unknown()).default({}),
  /** None: only what is for it by name is sent to it, as notices of escalation are. */
  events: z
    .array(z.enum([...EVENT_TYPES, "*"]))
    .transform((all): (typeof all)[number][] => (all.includes("*") ? ["*"] : [...new Set(all)])),
  productIds: z.array(z.guid()).max(MOST_PRODUCTS, "too_many").default([]),
  includesMock: z.boolean().default(false),
  payload: z.enum(PAYLOAD_STYLES).default("thin"),
  /** Why codes may leave by it; asked for when they begin to, or go elsewhere. */
  codesReason: z.string().max(1_000).optional(),
  /** Waits before the second, third … try; null is the usual plan. */
  retryPlanMs: z
    .array(z.int().min(SHORTEST_WAIT_MS, "number").max(LONGEST_WAIT_MS, "number"))
    .min(1, "required")
    .max(MOST_WAITS, "too_many")
    .nullable()
    .default(null),
  isOrdered: z.boolean().default(false),
  sendsAtOnce: z.int().min(1, "number").max(MOST_SENDS_AT_ONCE, "number").optional(),
  ratePerMinute: z.int().min(1, "number").max(MOST_PER_MINUTE, "number").nullable().default(null),
  /** Saved without a test message, as where the receiver isn't there yet. */
  untested: z.boolean().default(false),
});

export type EndpointInput = z.input<typeof settingsSchema>;
export type EndpointWish = z.infer<typeof settingsSchema>;

/** Reads what somebody wishes, be it from a browser; where it can't be, says what is wrong. */
export function readWish(input: unknown): EndpointWish | EndpointProblem[] {
  const parsed = settingsSchema.safeParse(input);
  return parsed.success ? parsed.data : problemsOf(parsed.error);
}

/** Our schemas' messages are words; what Zod says itself is not for people, but for one thing. */
export function problemsOf(error: z.ZodError): EndpointProblem[] {
  return error.issues.map(({ path, message, code }) => {
    const isMissing = code === "invalid_type" && message.endsWith("received undefined");
    const word = /^[a-z_]{2,40}$/.test(message) ? message : isMissing ? "required" : "wrong";
    return { path: path.join("."), code: word };
  });
}
