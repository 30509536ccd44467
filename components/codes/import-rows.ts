import {
  charsOfRow,
  type ImportRow,
  MOST_CHARS_PER_CALL,
  MOST_ROWS_PER_CALL,
  problemOfRow,
  type RowProblem,
} from "#lib/codes/import-policy.ts";

/** What is wrong by the file itself, by row; what stock has already only the server knows. */
export function problemsOf(rows: readonly ImportRow[], now: Date): Map<number, RowProblem> {
  const problems = new Map<number, RowProblem>();
  const seen = new Set<string>();
  for (const row of rows) {
    const problem = problemOfRow(row, now);
    if (problem) problems.set(row.row, problem);
    else if (seen.has(row.code)) problems.set(row.row, "repeated");
    else seen.add(row.code);
  }
  return problems;
}

/** The rows from this one on, in portions that one call takes. */
export function* batchesOf(rows: readonly ImportRow[], from: number): Generator<ImportRow[]> {
  let batch: ImportRow[] = [];
  let chars = 0;
  for (const row of rows) {
    if (row.row < from) continue;
    const more = charsOfRow(row);
    if (
      batch.length === MOST_ROWS_PER_CALL ||
      (batch.length > 0 && chars + more > MOST_CHARS_PER_CALL)
    ) {
      yield batch;
      batch = [];
      chars = 0;
    }
    batch.push(row);
    chars += more;
  }
  if (batch.length > 0) yield batch;
}

/** SHA-256 of the rows in hex: the same file, read in the same way. */
export async function digestOf(rows: readonly ImportRow[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(rows));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
