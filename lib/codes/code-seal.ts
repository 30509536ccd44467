import type { Json } from "#lib/platform/json.ts";
import type { Sealer } from "#lib/platform/seal.ts";

/** Names the row that a code is sealed for; a ciphertext moved elsewhere doesn't open. */
export type CodePlace = { codeId: string; orderId: string; itemId: string; position: number };

/** The same for a value that a place showed later, in a row of its own. */
export type ConflictPlace = { conflictId: string; codeId: string };

export type PlainCode = { value: string; raw: Json };

export const sealCode = (sealer: Sealer, place: CodePlace, code: PlainCode): string =>
  sealer.seal(JSON.stringify({ value: code.value, raw: code.raw }), boundTo(place));

/** Throws when the row was tampered with or its key is gone. */
export const openCode = (sealer: Sealer, place: CodePlace, sealed: string): PlainCode =>
  JSON.parse(sealer.open(sealed, boundTo(place))) as PlainCode;

export const sealConflict = (sealer: Sealer, place: ConflictPlace, code: PlainCode): string =>
  sealer.seal(JSON.stringify({ value: code.value, raw: code.raw }), conflictBoundTo(place));

/** Throws when the row was tampered with or its key is gone. */
export const openConflict = (sealer: Sealer, place: ConflictPlace, sealed: string): PlainCode =>
  JSON.parse(sealer.open(sealed, conflictBoundTo(place))) as PlainCode;

const boundTo = ({ codeId, orderId, itemId, position }: CodePlace): string =>
  ["codes", "sealed", codeId, orderId, itemId, position].join("|");

const conflictBoundTo = ({ conflictId, codeId }: ConflictPlace): string =>
  ["code_conflicts", "sealed", conflictId, codeId].join("|");
