import { isDeepStrictEqual } from "node:util";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { openCode, openConflict, type PlainCode } from "./code-seal.ts";

/** What a place showed once: the index of its value, and the whole, opened only when it matters. */
export type Shown = { blindIndex: string; plain: () => PlainCode | null };

/** A stored code and everything that its place has shown so far. */
export type Place = { codeId: string; shown: Shown[] };

export const placeKey = (itemId: string, position: number): string => `${itemId}/${position}`;

/**
 * The places of these items that hold a code, by `placeKey`.
 * @param orderOf the order of each item
 */
export async function readPlaces(
  tx: Tx,
  sealer: Sealer,
  orderOf: ReadonlyMap<string, string>,
): Promise<Map<string, Place>> {
  if (orderOf.size === 0) return new Map();
  const rows = await tx.code.findMany({
    where: { itemId: { in: [...orderOf.keys()] } },
    select: {
      id: true,
      itemId: true,
      position: true,
      sealed: true,
      blindIndex: true,
      conflicts: { select: { id: true, sealed: true, blindIndex: true } },
    },
  });
  return new Map(
    rows.map(({ id: codeId, itemId, position, conflicts, ...first }) => {
      const place = { codeId, orderId: orderOf.get(itemId) ?? "", itemId, position };
      const shown: Shown[] = [
        {
          blindIndex: first.blindIndex,
          plain: () => opened(() => openCode(sealer, place, first.sealed)),
        },
        ...conflicts.map(({ id: conflictId, sealed, blindIndex }) => ({
          blindIndex,
          plain: () => opened(() => openConflict(sealer, { conflictId, codeId }, sealed)),
        })),
      ];
      return [placeKey(itemId, position), { codeId, shown }];
    }),
  );
}

/** Whether the place has shown exactly this before, whatever the order of its fields. */
export function hasShown(place: Place, blindIndex: string, code: PlainCode): boolean {
  return place.shown.some((shown) => {
    if (shown.blindIndex !== blindIndex) return false;
    const plain = shown.plain();
    // Sealed with a key that is gone: the value is the same, and more can't be said.
    return plain === null || isDeepStrictEqual(plain, code);
  });
}

function opened(open: () => PlainCode): PlainCode | null {
  try {
    return open();
  } catch {
    return null;
  }
}
