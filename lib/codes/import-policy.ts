/** What an import takes: the same for the preview in the browser and for the server, which decides. */
import { readExpiry } from "./expiry-policy.ts";

export const MOST_IMPORT_ROWS = 250_000;
export const MOST_ROWS_PER_CALL = 1_000;
/** Of all texts in one call: in any script less than the megabyte that a server action takes. */
export const MOST_CHARS_PER_CALL = 200_000;
export const LONGEST_IMPORTED_CODE = 4_000;
export const LONGEST_PART = 1_000;
export const MOST_OTHERS = 10;
export const LONGEST_NAME = 120;

/** One row of a file, its columns sorted out. Texts are trimmed; what is missing is left out. */
export type ImportRow = {
  /** Its place in the file from 0, headings and empty lines counted. */
  row: number;
  code: string;
  pin?: string;
  serial?: string;
  /** As ISO where the file's way to write dates had to be asked for. */
  expiry?: string;
  url?: string;
  /** Columns that are kept under their own names. */
  others?: [label: string, text: string][];
};

/** Why a row is not taken. The last two only the server knows for certain. */
export const ROW_PROBLEMS = [
  "no_code",
  "too_long",
  "odd_text",
  "shortened",
  "bad_expiry",
  "expired",
  "bad_url",
  "repeated",
  "known",
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

/** A wrong encoding leaves these; control characters come with binary files. Line breaks are fine. */
const ODD = /(?![\t\n\r])\p{Cc}|\p{Cs}|\ufffd/u;
/** What a spreadsheet makes of a long number: 1.23457E+15. Its digits are gone. */
const SHORTENED = /^\d([.,]\d+)?E\+?\d{1,3}$/i;

/** What is wrong with a row by itself; null where nothing is. */
export function problemOfRow(row: ImportRow, now: Date): RowProblem | null {
  const { code, pin, serial, expiry, url, others = [] } = row;
  if (code.trim() === "") return "no_code";
  const parts = [pin, serial, expiry, url, ...others.flat()].filter((part) => part !== undefined);
  if (code.length > LONGEST_IMPORTED_CODE || parts.some((part) => part.length > LONGEST_PART)) {
    return "too_long";
  }
  if (ODD.test(code) || parts.some((part) => ODD.test(part))) return "odd_text";
  if ([code, pin, serial].some((part) => part !== undefined && SHORTENED.test(part))) {
    return "shortened";
  }
  if (url !== undefined && !/^https?:\/\/\S+$/i.test(url)) return "bad_url";
  if (expiry === undefined) return null;
  const expiresAt = readExpiry(expiry);
  if (expiresAt === null) return "bad_expiry";
  return expiresAt <= now ? "expired" : null;
}

/** How much of a call a row takes. */
export const charsOfRow = ({ code, pin, serial, expiry, url, others = [] }: ImportRow): number =>
  [code, pin, serial, expiry, url, ...others.flat()].reduce(
    (sum, part) => sum + (part?.length ?? 0),
    40,
  );
