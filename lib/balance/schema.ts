import { z } from "zod";

const LONGEST_WORDS = 500;
/** One line or several, without what a page or a database would choke on. */
const words = z
  .string()
  .trim()
  .min(3)
  .max(LONGEST_WORDS)
  .regex(/^(?:[^<>\p{Cc}\p{Cs}]|[\t\n\r])*$/u);

/** What a door hands to `recordTopUp`. */
export const topUpSchema = z.strictObject({
  supplierId: z.uuid(),
  currency: z.string().regex(/^[A-Z0-9]{2,10}$/),
  /** Decimal text; less than 0 where money was taken out. */
  amount: z
    .string()
    .regex(/^-?\d{1,12}(\.\d{1,4})?$/)
    .refine((amount) => /[1-9]/.test(amount)),
  /** When it was made. */
  at: z.iso.datetime(),
  note: words.nullable(),
  /** Made by whoever asks, so that asking twice notes it once. */
  id: z.uuid().optional(),
  /** The unexplained change that it was proposed for, and what was left over of it. */
  proposal: z
    .strictObject({ stepId: z.uuid(), remainder: z.string().regex(/^\d{1,14}(\.\d{1,4})?$/) })
    .optional(),
});
export type NewTopUp = z.infer<typeof topUpSchema>;

export const reasonSchema = words;
