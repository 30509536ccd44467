/** A page of `all` after `cursor`. Null means the cursor isn't one of ours. */
export function pageAfter<Row extends { id: string }>(
  all: readonly Row[],
  cursor: string | undefined,
  limit: number,
  keep: (row: Row) => boolean,
): { items: Row[]; nextCursor: string | null } | null {
  // The cursor names the last row seen, so a page stays right while stock comes and goes.
  const last = cursor === undefined ? null : Buffer.from(cursor, "base64url").toString("utf8");
  const start = last === null ? 0 : all.findIndex((row) => row.id === last) + 1;
  if (last !== null && start === 0) return null;
  const rest = all.slice(start).filter(keep);
  const items = rest.slice(0, limit);
  const end = items.at(-1);
  const more = rest.length > limit && end !== undefined;
  return { items, nextCursor: more ? Buffer.from(end.id).toString("base64url") : null };
}
