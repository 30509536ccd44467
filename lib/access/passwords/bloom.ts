import { createHash } from "node:crypto";

/** 21 bits a word and 14 looks: one good word in some 25,000 is taken for one of the list. */
const BITS_PER_WORD = 21;
const LOOKS = 14;

/** A set of words as bits: it never misses one of them, and hardly ever knows a stranger. */
export function fillBloom(words: readonly string[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil((words.length * BITS_PER_WORD) / 8));
  for (const word of words) {
    for (const bit of bitsOf(word, bytes.length)) {
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }
  return bytes;
}

export function isInBloom(bytes: Buffer, word: string): boolean {
  return bitsOf(word, bytes.length).every((bit) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
}

/** Two hashes make as many as are wanted (Kirsch and Mitzenmacher). */
function bitsOf(word: string, length: number): number[] {
  const digest = createHash("sha256").update(word, "utf8").digest();
  const [first, second] = [digest.readUInt32BE(0), (digest.readUInt32BE(4) | 1) >>> 0];
  return Array.from({ length: LOOKS }, (_, look) => (first + look * second) % (length * 8));
}
