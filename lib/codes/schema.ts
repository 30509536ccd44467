/** What doors hand to the verbs on codes. */
import { z } from "zod";
import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";
import { CLAIM_LONGEST_DAYS, CLAIM_PIN, CLAIM_SHORTEST_MINUTES } from "./claim-limits.ts";
import { COMPLAINT_KINDS, COMPLAINT_OUTCOMES } from "./complaint-policy.ts";
import {
  HIGHEST_LOW_LINE,
  LONGEST_CUSTOMER_REF,
  LONGEST_NOTE,
  MOST_HANDED_OUT,
  MOST_RESERVED,
} from "./hand-out-limits.ts";

const MINUTE_MS = 60_000;

/** One line of text without mark-up, as an order's reference. */
const customerRef = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_CUSTOMER_REF)
  .regex(/^[^<>\p{Cc}\p{Cs}]*$/u);

/** What PostgreSQL can store: no NUL, no half characters. */
const text = z.string().regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u);
const note = text.trim().max(LONGEST_NOTE);
const reason = text.trim().min(SHORTEST_REASON).max(LONGEST_REASON);

const ids = (most: number) =>
  z
    .array(z.uuid())
    .min(1)
    .max(most)
    .refine((all) => new Set(all).size === all.length);

/** How codes come to the customer. */
const delivery = {
  /** Made by the form: what is posted twice gives nothing twice. */
  handOutId: z.uuid().optional(),
  way: z.enum(["reveal", "slip", "link"]),
  note: note.optional(),
  /** Why the codes are shown; the ways that do so need it. */
  reason: reason.optional(),
  pin: z.string().regex(CLAIM_PIN).optional(),
  expiresInMs: z
    .number()
    .min(CLAIM_SHORTEST_MINUTES * MINUTE_MS)
    .max(CLAIM_LONGEST_DAYS * 24 * 60 * MINUTE_MS)
    .optional(),
};

const quantity = z.int().min(1).max(MOST_HANDED_OUT);

export const handOutSchema = z.union([
  /** The next ones in stock. */
  z.strictObject({ ...delivery, customerRef, stockProductId: z.guid(), quantity }),
  /** Just these: in stock, or reserved for the customer. */
  z.strictObject({ ...delivery, customerRef, codeIds: ids(MOST_HANDED_OUT) }),
  /** What came with an order and is not handed out yet; as many as can be at once unless said. */
  z.strictObject({
    ...delivery,
    customerRef,
    orderId: z.uuid(),
    quantity: quantity.optional(),
  }),
]);
export type HandOutInput = z.infer<typeof handOutSchema>;

export const replaceSchema = z.strictObject({
  ...delivery,
  /** The bad one. */
  codeId: z.uuid(),
  /** The one that is given for it; the next one in stock unless said. */
  withCodeId: z.uuid().optional(),
});
export type ReplaceInput = z.infer<typeof replaceSchema>;

export const reserveSchema = z.union([
  z.strictObject({
    customerRef,
    stockProductId: z.guid(),
    quantity: z.int().min(1).max(MOST_RESERVED),
  }),
  z.strictObject({ customerRef, codeIds: ids(MOST_RESERVED) }),
]);
export type ReserveInput = z.infer<typeof reserveSchema>;

export const releaseSchema = z.strictObject({ codeIds: ids(MOST_RESERVED), reason });
export type ReleaseInput = z.infer<typeof releaseSchema>;

const complaint = {
  kind: z.enum(COMPLAINT_KINDS),
  evidence: note.min(SHORTEST_REASON),
};

export const markBadSchema = z.strictObject({
  codeId: z.uuid(),
  reason,
  /** Held against the supplier at once. */
  complaint: z.strictObject(complaint).optional(),
});
export type MarkBadInput = z.infer<typeof markBadSchema>;

export const unmarkBadSchema = z.strictObject({ codeId: z.uuid(), reason });
export type UnmarkBadInput = z.infer<typeof unmarkBadSchema>;

export const correctExpirySchema = z.strictObject({
  codeId: z.uuid(),
  /** A day; null where it doesn't expire. */
  expiresOn: z.iso.date().nullable(),
  reason,
});
export type CorrectExpiryInput = z.infer<typeof correctExpirySchema>;

export const openComplaintSchema = z.strictObject({ codeId: z.uuid(), ...complaint });
export type OpenComplaintInput = z.infer<typeof openComplaintSchema>;

export const closeComplaintSchema = z.strictObject({
  complaintId: z.uuid(),
  outcome: z.enum(COMPLAINT_OUTCOMES),
  note: note.optional(),
});
export type CloseComplaintInput = z.infer<typeof closeComplaintSchema>;

export const lowLineSchema = z.strictObject({
  stockProductId: z.guid(),
  /** Null: nobody minds. */
  lowLine: z.int().min(0).max(HIGHEST_LOW_LINE).nullable(),
});
export type LowLineInput = z.infer<typeof lowLineSchema>;
