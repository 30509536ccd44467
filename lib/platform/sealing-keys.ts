export type SealingKey = { id: string; key: Buffer };

const KEY_BYTES = 32;
/** 32 random bytes have fewer different ones than this less often than once in 10^20. */
const FEWEST_BYTES = 12;

/**
 * Parses `id:base64key[,id:base64key…]`, parted by commas or lines; the first key wraps, all of them unwrap.
 * Answers the keys, or the sentence that says what is wrong (without the keys).
 */
export function parseSealingKeys(text: string): SealingKey[] | string {
  const keys: SealingKey[] = [];
  for (const part of text.trim().split(/\s*[,\n]\s*/)) {
    const [id, encoded, ...rest] = part.split(":");
    if (!id || !encoded || rest.length > 0 || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
      return "has to be `id:base64key`, several parted by commas or lines";
    }
    const key = Buffer.from(encoded, "base64");
    // By number, since a key pasted in place of its id must not be repeated here.
    const number = keys.length + 1;
    if (key.length !== KEY_BYTES)
      return `has a key (number ${number}) that is not 32 bytes of base64`;
    if (new Set(key).size < FEWEST_BYTES) return `has a key (number ${number}) that is not random`;
    if (keys.some((other) => other.id === id)) return "names two keys alike";
    keys.push({ id, key });
  }
  return keys;
}
