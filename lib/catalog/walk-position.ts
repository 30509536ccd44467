/**
 * Where a walk's next page begins: first through the categories, then through the products of each
 * category that has some. Saved after each page, so that a walk goes on where it was interrupted.
 */
export type WalkPosition =
  | { stage: "categories"; cursor: string | null; found: string[] }
  | { stage: "products"; categoryIds: string[]; at: number; cursor: string | null };

export const WALK_START: WalkPosition = { stage: "categories", cursor: null, found: [] };

/** The position after a page; null when the walk is complete. */
export function nextPosition(
  position: WalkPosition,
  page: { next: string | null; foundCategoryIds: string[] },
): WalkPosition | null {
  if (position.stage === "categories") {
    // A list that shifts while it is read names some twice.
    const found = [...new Set([...position.found, ...page.foundCategoryIds])];
    if (page.next) return { stage: "categories", cursor: page.next, found };
    return found.length > 0 ? { stage: "products", categoryIds: found, at: 0, cursor: null } : null;
  }
  if (page.next) return { ...position, cursor: page.next };
  const at = position.at + 1;
  return at < position.categoryIds.length ? { ...position, at, cursor: null } : null;
}
