import Papa from "papaparse";

/** How the columns of a line are set apart; `line`: they aren't, each line is one code. */
export const DELIMITERS = ["auto", "comma", "semicolon", "tab", "pipe", "line"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const SIGNS: Record<Exclude<Delimiter, "auto" | "line">, string> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
};

/** The cells of a file, line by line; empty lines keep their place. */
export type Cells = string[][];

export function readCells(text: string, delimiter: Delimiter): Cells {
  const plain = text.replace(/^\ufeff/, "");
  if (delimiter === "line") return plain.split(/\r\n|\n|\r/).map((line) => [line]);
  const sign = delimiter === "auto" ? guessDelimiter(plain) : SIGNS[delimiter];
  if (sign === null) return readCells(plain, "line");
  return Papa.parse<string[]>(plain, { delimiter: sign, skipEmptyLines: false }).data;
}

/** A sign that stands equally often, outside quotes, in each of the first lines; null where none does. */
function guessDelimiter(text: string): string | null {
  const sample = text.slice(0, 20_000);
  let best: { sign: string; columns: number } | null = null;
  for (const sign of ["\t", ";", ",", "|"]) {
    const lines = Papa.parse<string[]>(sample, {
      delimiter: sign,
      preview: 50,
      skipEmptyLines: true,
    }).data.slice(0, 49);
    const columns = lines[0]?.length ?? 1;
    if (columns < 2 || lines.some((line) => line.length !== columns)) continue;
    if (!best || columns > best.columns) best = { sign, columns };
  }
  // One column in quotes is a file all the same.
  return best?.sign ?? (/^\s*"/.test(text) ? "," : null);
}

export const isEmptyLine = (line: readonly string[]): boolean =>
  line.every((cell) => cell.trim() === "");
