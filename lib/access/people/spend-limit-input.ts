import { z } from "zod";
import { storableAmount } from "#lib/platform/money.ts";

export type SpendLimitInput = { currency: string; perDay: string };

/** What may be spent in a day, by currency. One that isn't named has no limit. */
export const spendLimits = z
  .array(
    z.strictObject({
      currency: z.string().regex(/^[A-Z]{3,8}$/),
      perDay: z
        .string()
        .trim()
        .refine((text) => /^\d+(\.\d+)?$/.test(text) && storableAmount(text) !== null),
    }),
  )
  .max(20)
  .refine((limits) => new Set(limits.map(({ currency }) => currency)).size === limits.length);
