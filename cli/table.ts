/** Rows under a heading, columns aligned; the last column may be as wide as it likes. */
export function table(heading: string[], rows: string[][]): string {
  const all = [heading, heading.map((title) => "─".repeat(title.length)), ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
