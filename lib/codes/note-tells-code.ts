import type { Sealer } from "#lib/platform/seal.ts";

/** Beyond these words nobody looks. */
const MOST_WORDS = 500;

/**
 * Whether a text that a person typed has one of these codes in it, as a whole or as a word: notes and reasons
 * are kept in the open. Found by the codes' keyed hashes; nothing is opened for it.
 */
export function noteTellsCode(
  sealer: Pick<Sealer, "blindIndex">,
  blindIndexes: readonly string[],
  text: string,
): boolean {
  const words = text.split(/\s+/, MOST_WORDS);
  const bare = words.map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  // "code:XXXX" as well, and lines of a text that have spaces in them.
  const parts = words.flatMap((word) => word.split(/[:=,;()"'<>]/));
  const lines = text.split(/[\r\n]+/, MOST_WORDS).map((line) => line.trim());
  const known = new Set(blindIndexes);
  return [...new Set([text.trim(), ...lines, ...words, ...bare, ...parts])].some(
    (one) => one !== "" && known.has(sealer.blindIndex(one)),
  );
}
