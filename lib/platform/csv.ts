/**
 * A line of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front, since a
 * name or note may have been written by anybody.
 */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map((value) => quoted(String(value ?? ""))).join(",")}\r\n`;

/** Spreadsheets look past blanks, and take some signs of other scripts for the same. */
const FORMULA = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

const quoted = (text: string): string => {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
