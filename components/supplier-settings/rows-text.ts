type Row = Record<string, unknown>;

const SEPARATOR = ";";

/** A line for each entry: its columns, or JSON where it holds more than these and what goes without saying. */
export function writeRows(
  value: unknown,
  columns: readonly string[],
  usual: Readonly<Row>,
): string {
  if (!Array.isArray(value)) return "";
  return (value as Row[]).map((row) => writeRow(row, columns, usual)).join("\n");
}

function writeRow(row: Row, columns: readonly string[], usual: Readonly<Row>): string {
  const told = Object.entries(row).filter(
    ([name, value]) => !isNothing(value) && value !== usual[name],
  );
  const isPlain =
    told.every(([name]) => columns.includes(name)) &&
    columns.every((name) => typeof row[name] === "string" && !row[name].includes(SEPARATOR));
  if (!isPlain) return JSON.stringify(Object.fromEntries(told));
  return columns.map((name) => row[name]).join(`${SEPARATOR} `);
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** The other way round; null where a line has too few columns or too many, or is no JSON object. */
export function readRows(text: string, columns: readonly string[]): Row[] | null {
  const rows: Row[] = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const row = line.startsWith("{") ? readJson(line) : readColumns(line, columns);
    if (row === null) return null;
    rows.push(row);
  }
  return rows;
}

function readColumns(line: string, columns: readonly string[]): Row | null {
  const cells = line.split(SEPARATOR).map((cell) => cell.trim());
  if (cells.length !== columns.length || cells.includes("")) return null;
  return Object.fromEntries(columns.map((name, index) => [name, cells[index]]));
}

function readJson(line: string): Row | null {
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === "object" && row !== null && !Array.isArray(row) ? (row as Row) : null;
  } catch {
    return null;
  }
}
