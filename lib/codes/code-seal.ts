import type { Json } from "#lib/platform/json.ts";
import type { Sealer } from "#lib/platform/seal.ts";

/** Names the row that a code is sealed for; a ciphertext moved elsewhere doesn't open. */
export type CodePlace = { codeId: string; orderId: string; itemId: string; position: number };

export type PlainCode = { value: string; raw: Json };

export const sealCode = (sealer: Sealer, place: CodePlace, code: PlainCode): string =>
  sealer.seal(JSON.stringify({ value: code.value, raw: code.raw }), boundTo(place));

/** Throws when the row was tampered with or its key is gone. */
export const openCode = (sealer: Sealer, place: CodePlace, sealed: string): PlainCode =>
  JSON.parse(sealer.open(sealed, boundTo(place))) as PlainCode;

const boundTo = ({ codeId, orderId, itemId, position }: CodePlace): string =>
  ["codes", "sealed", codeId, orderId, itemId, position].join("|");
