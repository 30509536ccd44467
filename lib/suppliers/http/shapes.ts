import { z } from "zod";
import type { Json } from "../port.ts";
import { cleanText } from "./clean-text.ts";
import { countFrom, decimalText } from "./decimal-text.ts";
import { readPageAddress } from "./page-address.ts";
import { readTime } from "./read-time.ts";

/*
 * What fields of an answer hold. Where one is missing or of another type than expected it reads as
 * null and sinks nothing; only `id` and `currencyCode` are required.
 */

/** An id as sent: 1 to 200 printable characters, or a number. */
export const id = z
  .union([z.string(), z.number().int()])
  .transform(String)
  .refine((text) => /^[^\s\p{C}]{1,200}$/u.test(text));
/** What is merely left out is no mistake to be caught: that would cost more than reading it. */
export const optionalId = id
  .nullish()
  .transform((known) => known ?? null)
  .catch(null);
export const text = (maxChars: number) =>
  z
    .string()
    .transform((value) => cleanText(value, maxChars) || null)
    .nullable()
    .catch(null);
/** Text that is not cleaned or cut yet, because codes have to be found in it first. */
export const rawText = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);
export const flag = z.boolean().nullable().catch(null);
export const amount = z.unknown().transform(decimalText).catch(null);
export const count = z.unknown().transform(countFrom).catch(null);
export const time = z.unknown().transform(readTime).catch(null);
export const pageAddress = z.unknown().transform(readPageAddress).catch(null);
export const currencyCode = z
  .string()
  .regex(/^\s*[A-Za-z]{2,10}\s*$/)
  .transform((value) => value.trim().toUpperCase());
export const currency = currencyCode.nullable().catch(null);
/** Parsed JSON that stays uninterpreted. */
export const json = z.custom<Json>(() => true).optional();
