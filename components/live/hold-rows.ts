/** Rows that stand still while somebody looks at them, whatever their order is. */
export type HeldRows<Row> = {
  rows: Row[];
  /** Which of them no longer belong to the list. */
  gone: ReadonlySet<string>;
  /** How many would have come. */
  waiting: number;
};

/** The rows of `held`, in their order, as `now` has them. */
export function holdRows<Row>(
  held: readonly Row[],
  now: readonly Row[],
  idOf: (row: Row) => string,
): HeldRows<Row> {
  const latest = new Map(now.map((row) => [idOf(row), row]));
  const known = new Set(held.map(idOf));
  return {
    rows: held.map((row) => latest.get(idOf(row)) ?? row),
    gone: new Set([...known].filter((id) => !latest.has(id))),
    waiting: now.filter((row) => !known.has(idOf(row))).length,
  };
}
