import { readFileSync, writeFileSync } from "node:fs";

const BEGIN = "<!-- results: written by `npm run bench -- --write` -->";
const END = "<!-- /results -->";

/** Puts a table between the markers of a README; everything around it stays. */
export function writeResults(file: string, table: string): void {
  writeFileSync(file, withResults(readFileSync(file, "utf8"), table));
}

export function withResults(text: string, table: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error("The README has lost the markers of its results.");
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
}
