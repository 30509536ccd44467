type Identified = { id: string };

/** What opens once `leaving` are off the desk: the one below the open one, else the one above; null for none. */
export function nextAlert(
  rows: readonly Identified[],
  open: string | null,
  leaving: ReadonlySet<string>,
): string | null {
  const at = rows.findIndex(({ id }) => id === open);
  const stays = ({ id }: Identified) => !leaving.has(id);
  const below = rows.slice(at + 1).find(stays);
  return (below ?? rows.slice(0, Math.max(at, 0)).findLast(stays))?.id ?? null;
}

/** The one so many rows away; the first where none is open, and the same at either end. */
export function alertAt(
  rows: readonly Identified[],
  open: string | null,
  by: number,
): string | null {
  const at = rows.findIndex(({ id }) => id === open);
  if (at < 0) return rows[0]?.id ?? null;
  return rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.id ?? null;
}
