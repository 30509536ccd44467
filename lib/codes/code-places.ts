import { isDeepStrictEqual } from "node:util";
import type { Tx } from "#lib/platform/db.ts";
import { SealError } from "#lib/platform/gcm.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { openCode, openConflict, type PlainCode } from "./code-seal.ts";

/** What a place showed once: the index of its value, and the whole, opened only when it matters. */
export type Shown = { blindIndex: string; plain: () => Promise<PlainCode | null> };

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
    rows.flatMap(({ id: codeId, itemId, position, conflicts, ...first }) => {
      if (itemId === null) return [];
      const source = { orderId: orderOf.get(itemId) ?? "", itemId };
      const place = { codeId, source, position };
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
      return [[placeKey(itemId, position), { codeId, shown }] as const];
    }),
  );
}

/** Whether the place has shown exactly this before, whatever the order of its fields. */
export async function hasShown(
  place: Place,
  blindIndex: string,
  code: PlainCode,
): Promise<boolean> {
  for (const shown of place.shown) {
    if (shown.blindIndex !== blindIndex) continue;
    const plain = await shown.plain();
    // Sealed with a key that is gone: the value is the same, and more can't be said.
    if (plain === null || isDeepStrictEqual(plain, code)) return true;
  }
  return false;
}

async function opened(open: () => Promise<PlainCode>): Promise<PlainCode | null> {
  try {
    return await open();
  } catch (error) {
    // A database that doesn't answer says nothing about the key.
    if (error instanceof SealError) return null;
    throw error;
  }
}
