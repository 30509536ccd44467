import { z } from "zod";
import type { Scope } from "#lib/access/permissions.ts";
import { parseNet } from "#lib/platform/address-net.ts";
import {
  HIGHEST_RATE,
  KEY_SCOPES,
  LONGEST_KEY_DAYS,
  LONGEST_KEY_NAME,
  MOST_NETS,
  USUAL_RATE,
} from "./key-policy.ts";

const net = z
  .string()
  .trim()
  .max(64)
  .refine((text) => parseNet(text) !== null);

const name = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_KEY_NAME)
  .regex(/^[^<>\p{Cc}\p{Cs}]*$/u);
const scopes = z
  .array(z.enum(KEY_SCOPES as [Scope, ...Scope[]]))
  .min(1)
  .transform((wanted) => KEY_SCOPES.filter((scope) => wanted.includes(scope)));
const allowedFrom = z.array(net).max(MOST_NETS);
const ratePerMinute = z.int().min(1).max(HIGHEST_RATE);

/** What somebody says of a key that is to be made. */
export const newKeySchema = z
  .strictObject({
    ...{ name, scopes },
    allowedFrom: allowedFrom.default([]),
    ratePerMinute: ratePerMinute.default(USUAL_RATE),
    /** From now; null: until it is revoked. */
    expiresInDays: z.int().min(1).max(LONGEST_KEY_DAYS).nullable().default(null),
    /** Of orders it sees those alone that it placed itself; then it hears of no events, which tell of all. */
    ownOrdersOnly: z.boolean().default(false),
    /** What may be ordered with it in a day, by currency. */
    spendPerDay: z
      .record(
        z.string().regex(/^[A-Z]{3,8}$/),
        z
          .string()
          .trim()
          .regex(/^\d{1,12}(\.\d{1,4})?$/),
      )
      .default({}),
  })
  .refine(({ ownOrdersOnly, scopes }) => !(ownOrdersOnly && scopes.includes("events:read")), {
    path: ["scopes"],
  });

export type NewKeyInput = z.input<typeof newKeySchema>;
export type NewKeyField = keyof NewKeyInput;

/** What somebody says of a key that there is; what is left out stays. */
export const keyChangeSchema = z.strictObject({
  id: z.uuid(),
  name: name.optional(),
  /** Some of those that it has. */
  scopes: scopes.optional(),
  allowedFrom: allowedFrom.optional(),
  ratePerMinute: ratePerMinute.optional(),
  /** ISO; null: until it is revoked. */
  expiresAt: z.iso.datetime().nullable().optional(),
});

export type KeyChange = z.input<typeof keyChangeSchema>;
export type KeyChangeField = keyof KeyChange;
