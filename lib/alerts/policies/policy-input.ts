import { z } from "zod";
import { ALERT_KINDS, type AlertKind } from "../alert-policy.ts";
import { SEVERITIES } from "../types.ts";
import {
  LONGEST_POLICY_NAME,
  LONGEST_WAIT_MS,
  MINUTES_OF_DAY,
  MOST_REPEATS,
  MOST_STEPS,
  SHORTEST_REPEAT_MS,
} from "./policy-limits.ts";
import { isTimeZone } from "./quiet-hours.ts";

/** What is wrong, and where: a field's path, as `steps.1.endpointId`, and a word that forms put into a sentence. */
export type PolicyProblem = { path: string; code: string };

const kinds = Object.keys(ALERT_KINDS) as [AlertKind, ...AlertKind[]];
const severity = z.enum(SEVERITIES);
const minute = z
  .int("number")
  .min(0, "number")
  .max(MINUTES_OF_DAY - 1, "number");

const policySchema = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, "required")
      .max(LONGEST_POLICY_NAME, "too_long")
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, "characters"),
    /** Empty: all. */
    kinds: z
      .array(z.enum(kinds))
      .default([])
      .transform((all) => [...new Set(all)]),
    severityFloor: severity.default("warning"),
    steps: z
      .array(
        z.strictObject({
          afterMs: z.int("number").min(0, "number").max(LONGEST_WAIT_MS, "number"),
          endpointId: z.uuid("required"),
          userId: z.uuid().nullable().default(null),
        }),
      )
      .min(1, "required")
      .max(MOST_STEPS, "too_many"),
    repeatAfterMs: z
      .int("number")
      .min(SHORTEST_REPEAT_MS, "number")
      .max(LONGEST_WAIT_MS, "number")
      .nullable()
      .default(null),
    repeats: z.int("number").min(0, "number").max(MOST_REPEATS, "number").default(0),
    quiet: z
      .strictObject({
        from: minute,
        to: minute,
        timeZone: z.string().refine(isTimeZone, "time_zone"),
        floor: severity.nullable().default("critical"),
      })
      .refine(({ from, to }) => from !== to, { path: ["to"], error: "same_time" })
      .nullable()
      .default(null),
  })
  .refine(({ repeats, repeatAfterMs }) => repeats === 0 || repeatAfterMs !== null, {
    path: ["repeatAfterMs"],
    error: "required",
  })
  .superRefine(({ steps }, context) => {
    for (const [index, { afterMs }] of steps.entries()) {
      const before = steps[index - 1];
      if (before && afterMs < before.afterMs) {
        context.addIssue({
          code: "custom",
          path: ["steps", index, "afterMs"],
          message: "before_last",
        });
      }
    }
  });

export type PolicyInput = z.input<typeof policySchema>;
export type PolicyWish = z.infer<typeof policySchema>;

/** Reads what somebody wishes, be it from a browser; where it can't be, says what is wrong. */
export function readPolicyWish(input: unknown): PolicyWish | PolicyProblem[] {
  const parsed = policySchema.safeParse(input);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message, code }) => ({
    path: path.join("."),
    code: code === "custom" || /^[a-z_]+$/.test(message) ? message : "invalid",
  }));
}
