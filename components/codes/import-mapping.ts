import { type DateOrder, readExpiry } from "#lib/codes/expiry-policy.ts";
import {
  type ImportRow,
  LONGEST_IMPORTED_CODE,
  LONGEST_PART,
  MOST_OTHERS,
} from "#lib/codes/import-policy.ts";
import { type Cells, isEmptyLine } from "./import-cells.ts";

/** What a column holds; `keep`: something else, kept under the column's own name. */
export const COLUMN_USES = ["code", "pin", "serial", "expiry", "url", "keep", "skip"] as const;
export type ColumnUse = (typeof COLUMN_USES)[number];

export type Mapping = {
  /** The first line names the columns. */
  heading: boolean;
  columns: ColumnUse[];
  /** Where 03/04/2027 occurs and somebody has said what it means. */
  dateOrder: DateOrder | null;
};

const NAMES: [ColumnUse, RegExp][] = [
  [
    "expiry",
    /expir|\bexp(date|(?![a-z]))|valid|(best|use|redeem|activate)[ _-]?(before|by|until)|good[ _-]?(thru|through|until)|समाप्ति/i,
  ],
  ["pin", /\bpin\b|^pin/i],
  ["serial", /serial|^s\/?n$|iccid/i],
  ["url", /url|link/i],
  ["code", /code|key|voucher|card ?(no|number)|कोड/i],
];

/** A first reading of what the columns are, by their names, else by what stands in them. */
export function guessMapping(cells: Cells): Mapping {
  const [first = [], second] = cells.filter((line) => !isEmptyLine(line));
  const width = cells.reduce((most, line) => Math.max(most, line.length), 0);
  const names = Array.from({ length: width }, (_, at) => (first[at] ?? "").trim());
  const byName = names.map((name) => NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? null);
  // A code may contain "KEY"; a heading is made of words.
  const heading =
    byName.some((use) => use !== null) &&
    names.every((name) => name.length <= 40 && !/\d{3}/.test(name));
  const columns = names.map((_, at): ColumnUse => (heading ? (byName[at] ?? "keep") : "skip"));
  const sample = heading ? (second ?? []) : first;
  if (!heading) {
    names.forEach((_, at) => {
      const cell = (sample[at] ?? "").trim();
      if (/^https?:\/\//i.test(cell)) columns[at] = "url";
      else if (cell.length > 5 && readExpiry(cell, "day_first") && /[-/. ]/.test(cell))
        columns[at] = "expiry";
    });
  }
  return { heading, columns: oneOfEach(columns), dateOrder: null };
}

/** What somebody has said of the columns, where it fits as many as there are; else a first reading. */
export function mappingFor(cells: Cells, said: Mapping | null): Mapping {
  const guess = guessMapping(cells);
  return said?.columns.length === guess.columns.length ? said : guess;
}

/** Each use but `keep` and `skip` once; without a code the first column that is free is it. */
function oneOfEach(columns: ColumnUse[]): ColumnUse[] {
  const seen = new Set<ColumnUse>();
  const uses = columns.map((use): ColumnUse => {
    if (use === "keep" || use === "skip") return use;
    if (seen.has(use)) return "keep";
    seen.add(use);
    return use;
  });
  if (!seen.has("code")) {
    const free = uses.findIndex((use) => use === "skip" || use === "keep");
    const at = free >= 0 ? free : uses.indexOf("url");
    if (at >= 0) uses[at] = "code";
  }
  return uses;
}

/** One column's use changed; whatever had that use before is skipped from now on. */
export const withUse = (
  columns: readonly ColumnUse[],
  column: number,
  use: ColumnUse,
): ColumnUse[] =>
  columns.map((before, at) => {
    if (at === column) return use;
    return before === use && use !== "keep" && use !== "skip" ? "skip" : before;
  });

/** The rows as they are sent: empty lines left out, texts trimmed and cut behind what may be taken. */
export function rowsOf(cells: Cells, { heading, columns, dateOrder }: Mapping): ImportRow[] {
  const headingAt = heading ? cells.findIndex((line) => !isEmptyLine(line)) : -1;
  const names = cells[headingAt] ?? [];
  const rows: ImportRow[] = [];
  cells.forEach((line, row) => {
    if (row === headingAt || isEmptyLine(line)) return;
    const one: ImportRow = { row, code: "" };
    const others: [string, string][] = [];
    columns.forEach((use, at) => {
      const text = (line[at] ?? "").trim();
      if (text === "" || use === "skip") return;
      if (use === "code") one.code = text.slice(0, LONGEST_IMPORTED_CODE + 1);
      else {
        const part = text.slice(0, LONGEST_PART + 1);
        if (use === "expiry") one.expiry = asIso(part, dateOrder);
        else if (use !== "keep") one[use] = part;
        else if (others.length < MOST_OTHERS) {
          others.push([(names[at] ?? "").trim().slice(0, 80) || String(at + 1), part]);
        }
      }
    });
    if (others.length > 0) one.others = others;
    rows.push(one);
  });
  return rows;
}

/** As it stands where it can be read in one way only, or in none. */
function asIso(text: string, order: DateOrder | null): string {
  if (order === null || readExpiry(text) !== null) return text;
  return readExpiry(text, order)?.toISOString().slice(0, 10) ?? text;
}

/** Whether some date could be two. */
export const hasUnclearDates = (rows: readonly ImportRow[]): boolean =>
  rows.some(
    ({ expiry }) =>
      expiry !== undefined &&
      readExpiry(expiry) === null &&
      readExpiry(expiry, "day_first") !== null,
  );
