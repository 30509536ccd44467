import { z } from "zod";
import { KeyholdError } from "#lib/platform/errors.ts";

// What a browser sends may be anything; the verbs check what it means, and how long a reason may be.
const orderId = z.uuid();
const supplierOrderId = z.string().min(1).max(200);
const reason = z.string().max(5_000);
const picture = z.string().max(10_000);

export const adoptionSchema = z.strictObject({
  orderId,
  supplierOrderId,
  reason,
  /** Null where the person saw no evidence: from the list of supplier orders. */
  picture: picture.nullable(),
});
export const orderDecisionSchema = z.strictObject({ orderId, reason, picture });
export const foreignSchema = z.strictObject({ supplierId: z.uuid(), supplierOrderId, reason });

export type Adoption = z.infer<typeof adoptionSchema>;
export type OrderDecision = z.infer<typeof orderDecisionSchema>;
export type Foreign = z.infer<typeof foreignSchema>;

/** Throws `invalid` for anything else. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "a decision that makes no sense");
  return parsed.data;
}
