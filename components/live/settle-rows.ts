/** One page of a keyset list, newest first; ids are UUIDv7, so they sort by age. */
export type LivePage<Row> = {
  rows: Row[];
  /** Give it back as `after` for the rows that follow; null on the last page. */
  next: string | null;
  readAt: string;
};

type Identified = { id: string };

/** The rows that stand on the screen, newest first, and which of them no longer belong there. */
export type Settled<Row> = { rows: Row[]; gone: ReadonlySet<string> };

export const settled = <Row>(rows: Row[]): Settled<Row> => ({ rows, gone: new Set() });

/**
 * Brings rows up to date without moving any: known ones change in place, older ones are put below.
 * What is new above or between waits (`waitingRows`). A row that left the list stays until
 * `withoutGone`.
 */
export function settleRows<Row extends Identified>(
  held: Settled<Row>,
  page: LivePage<Row>,
): Settled<Row> {
  if (held.rows.length === 0) return settled(page.rows);
  const known = new Set(held.rows.map(({ id }) => id));
  const now = new Map(page.rows.map((row) => [row.id, row]));
  const oldestHeld = held.rows.at(-1)?.id ?? "";
  const rows = held.rows.map((row) => now.get(row.id) ?? row);
  const gone = rows.filter(({ id }) => !now.has(id) && covers(page, id)).map(({ id }) => id);
  const older = page.rows.filter(({ id }) => !known.has(id) && id < oldestHeld);
  return { rows: [...rows, ...older], gone: new Set(gone) };
}

/** Whether the page would show this row if it still belonged to the list. */
function covers(page: LivePage<unknown>, id: string): boolean {
  return page.next === null || id > page.next;
}

export function withoutGone<Row extends Identified>(held: Settled<Row>): Settled<Row> {
  if (held.gone.size === 0) return held;
  return settled(held.rows.filter(({ id }) => !held.gone.has(id)));
}

/** Rows that aren't on the screen yet and would push others down. */
export function waitingRows<Row extends Identified>(
  held: Settled<Row>,
  page: LivePage<Row>,
): Row[] {
  const known = new Set(held.rows.map(({ id }) => id));
  const oldestHeld = held.rows.at(-1)?.id ?? "";
  return page.rows.filter(({ id }) => !known.has(id) && id > oldestHeld);
}

/** An id just above a UUID: the page after it begins with the row of that UUID itself. */
export function justAbove(id: string): string {
  const digits = id.replaceAll("-", "");
  const next = (BigInt(`0x${digits}`) + 1n).toString(16).padStart(32, "0");
  return next.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
