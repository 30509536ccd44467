export type SealingKey = { id: string; key: Buffer };

const KEY_BYTES = 32;

/**
 * Parses `id:base64key[,id:base64key…]`; the first key seals, all of them open.
 * Answers the keys, or the sentence that says what is wrong (without the keys).
 */
export function parseSealingKeys(text: string): SealingKey[] | string {
  const keys: SealingKey[] = [];
  for (const part of text.split(",")) {
    const [id, encoded, ...rest] = part.trim().split(":");
    if (!id || !encoded || rest.length > 0 || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
      return "has to be `id:base64key`, several parted by commas";
    }
    const key = Buffer.from(encoded, "base64");
    if (key.length !== KEY_BYTES) return `has a key (${id}) that is not 32 bytes of base64`;
    if (key.every((byte) => byte === key[0])) return `has a key (${id}) that is not random`;
    if (keys.some((other) => other.id === id)) return `names the key ${id} twice`;
    keys.push({ id, key });
  }
  return keys;
}
