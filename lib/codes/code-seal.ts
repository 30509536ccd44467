import type { Json } from "#lib/platform/json.ts";
import type { Sealer } from "#lib/platform/seal.ts";

/** Where a code came from: an order's item, or an import. */
export type CodeSource = { orderId: string; itemId: string } | { importId: string };

/** Names the row that a code is sealed for; a ciphertext moved elsewhere doesn't open. */
export type CodePlace = { codeId: string; source: CodeSource; position: number };

/** The same for a value that a place showed later, in a row of its own. */
export type ConflictPlace = { conflictId: string; codeId: string };

export type PlainCode = { value: string; raw: Json };

/** The place of a stored code, by its row. */
export function placeOf(row: {
  id: string;
  orderId: string | null;
  itemId: string | null;
  importId: string | null;
  position: number;
}): CodePlace {
  const { id: codeId, orderId, itemId, importId, position } = row;
  if (importId !== null) return { codeId, source: { importId }, position };
  if (orderId !== null && itemId !== null) return { codeId, source: { orderId, itemId }, position };
  throw new Error(`The code ${codeId} has no source.`);
}

export const sealCode = (sealer: Sealer, place: CodePlace, code: PlainCode): string =>
  sealer.seal(plainText(code), boundTo(place));

/** Rejects when the row was tampered with or its key is gone (`SealError`). */
export const openCode = async (
  sealer: Sealer,
  place: CodePlace,
  sealed: string,
): Promise<PlainCode> => JSON.parse(await sealer.open(sealed, boundTo(place))) as PlainCode;

export const sealConflict = (sealer: Sealer, place: ConflictPlace, code: PlainCode): string =>
  sealer.seal(plainText(code), conflictBoundTo(place));

/** Rejects when the row was tampered with or its key is gone (`SealError`). */
export const openConflict = async (
  sealer: Sealer,
  place: ConflictPlace,
  sealed: string,
): Promise<PlainCode> => JSON.parse(await sealer.open(sealed, conflictBoundTo(place))) as PlainCode;

/** The same content under the data key in use. Rejects as opening does. */
export const resealCode = (sealer: Sealer, place: CodePlace, sealed: string): Promise<string> =>
  reseal(sealer, boundTo(place), sealed);

export const resealConflict = (
  sealer: Sealer,
  place: ConflictPlace,
  sealed: string,
): Promise<string> => reseal(sealer, conflictBoundTo(place), sealed);

/** The same under the data key in use. Rejects with a `SealError` where it doesn't open. */
export async function reseal(sealer: Sealer, place: string, sealed: string): Promise<string> {
  const plain = await sealer.open(sealed, place);
  const fresh = sealer.seal(plain, place);
  // It replaces the only copy there is.
  if ((await sealer.open(fresh, place)) !== plain) throw new Error("A new seal doesn't open.");
  return fresh;
}

const plainText = ({ value, raw }: PlainCode): string => JSON.stringify({ value, raw });

// These texts are part of every seal: a change makes what is stored unreadable.
const boundTo = ({ codeId, source, position }: CodePlace): string =>
  [
    "codes",
    "sealed",
    codeId,
    ...("importId" in source ? ["import", source.importId] : [source.orderId, source.itemId]),
    position,
  ].join("|");

const conflictBoundTo = ({ conflictId, codeId }: ConflictPlace): string =>
  ["code_conflicts", "sealed", conflictId, codeId].join("|");
