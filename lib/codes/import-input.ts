import { z } from "zod";
import { KeyholdError } from "#lib/platform/errors.ts";
import {
  charsOfRow,
  type ImportRow,
  LONGEST_NAME,
  MOST_CHARS_PER_CALL,
  MOST_IMPORT_ROWS,
  MOST_OTHERS,
  MOST_ROWS_PER_CALL,
} from "./import-policy.ts";

/** One line of text that PostgreSQL can store: no NUL, no half characters. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** More than is taken, so that the row can be refused by its number instead of the whole call. */
const text = z.string().max(MOST_CHARS_PER_CALL);

const row = z.strictObject({
  row: z.int().min(0).max(10_000_000),
  code: text,
  pin: text.optional(),
  serial: text.optional(),
  expiry: text.optional(),
  url: text.optional(),
  others: z
    .array(z.tuple([text, text]))
    .max(MOST_OTHERS)
    .optional(),
});

const rowsSchema = z
  .array(row)
  .max(MOST_ROWS_PER_CALL)
  .refine(
    (rows) =>
      rows.reduce((sum, one) => sum + charsOfRow(one as ImportRow), 0) <= MOST_CHARS_PER_CALL,
  )
  .refine((rows) => new Set(rows.map((one) => one.row)).size === rows.length);

export const newImportSchema = z.strictObject({
  /** Made by the page: one intent, one id. */
  id: z.uuid(),
  product: z.union([
    // A digest where it is a supplier's product: no version of a UUID.
    z.strictObject({ id: z.guid() }),
    z.strictObject({ name: line(LONGEST_NAME), region: line(LONGEST_NAME).nullable() }),
  ]),
  /** What the person calls it: a file's name, a purchase's number. */
  source: line(LONGEST_NAME),
  /** A digest of all rows as they will be sent; tells whether a file is the one that was begun with. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  total: z.int().min(1).max(MOST_IMPORT_ROWS),
  /** Also where these rows were imported before. */
  anew: z.boolean(),
  /** What each code cost; both or none. */
  cost: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,4})?$/)
    .nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3,5}$/)
    .nullable(),
});

export type NewImport = z.infer<typeof newImportSchema>;

/** Throws `invalid` for what is no rows. */
export function parseRows(input: unknown): ImportRow[] {
  const parsed = rowsSchema.safeParse(input);
  // The reason would quote what was sent.
  if (!parsed.success) throw new KeyholdError("invalid", "rows that can't be read");
  return parsed.data as ImportRow[];
}

/** Throws `invalid` for what is no import. */
export function parseNewImport(input: unknown): NewImport {
  const parsed = newImportSchema.safeParse(input);
  if (!parsed.success || (parsed.data.cost === null) !== (parsed.data.currency === null)) {
    throw new KeyholdError("invalid", "an import that can't be read");
  }
  return parsed.data;
}
