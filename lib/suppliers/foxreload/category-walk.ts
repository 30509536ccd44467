import type { SupplierCategory } from "../port.ts";

/**
 * Where a walk over the categories stands. Nobody documents whether the plain list holds the whole
 * tree or its roots only, so the first pages decide: a list in which some category has a parent is
 * whole; below one without, each category is asked for its children.
 */
export type CategoryWalk = {
  /** Categories to ask for children, each once; `at` is the one being asked, -1 the plain list. */
  ids: string[];
  at: number;
  whole: boolean;
  /** The place in the list being read. */
  place: string | null;
};

const START: CategoryWalk = { ids: [], at: -1, whole: false, place: null };
/** Far more categories than any catalogue has. */
const MOST_CATEGORIES = 5_000;

/** Reads a cursor of ours; null for one that we did not write. */
export function readCategoryCursor(cursor: string | null): CategoryWalk | null {
  if (cursor === null) return START;
  try {
    const walk = JSON.parse(cursor) as CategoryWalk;
    const sound = Array.isArray(walk.ids) && Number.isInteger(walk.at) && walk.at < walk.ids.length;
    return sound ? walk : null;
  } catch {
    return null;
  }
}

/** The cursor after a page of categories; null when the walk is complete. */
export function nextCategoryCursor(
  walk: CategoryWalk,
  page: { items: SupplierCategory[]; next: string | null },
): string | null {
  const whole = walk.whole || (walk.at < 0 && page.items.some(({ parentId }) => parentId !== null));
  const known = new Set(walk.ids);
  const fresh = page.items.map(({ id }) => id).filter((id) => !known.has(id));
  const ids = whole ? [] : [...walk.ids, ...new Set(fresh)].slice(0, MOST_CATEGORIES);
  if (page.next !== null) return JSON.stringify({ ids, at: walk.at, whole, place: page.next });
  const at = walk.at + 1;
  return at < ids.length ? JSON.stringify({ ids, at, whole, place: null }) : null;
}
