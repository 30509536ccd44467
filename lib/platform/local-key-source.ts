import { wrappingKey } from "./bare-keys.ts";
import { decrypt, encrypt, freshNonces, SealError } from "./gcm.ts";
import type { KeySource } from "./key-source.ts";
import type { SealingKey } from "./sealing-keys.ts";

const VERSION = "w1";

/** The keys of one moment; asked again for an id that wasn't among them. */
type ReadKeys = () => Promise<readonly SealingKey[]>;

/**
 * Outside keys that this process holds itself. Wrapped keys are `w1|nonce|ciphertext|tag`.
 * @param where the variable that names them, for sentences
 * @param again reads them anew, where they may have changed since
 */
export function localKeySource(
  keys: readonly SealingKey[],
  where: string,
  again?: ReadKeys,
): KeySource {
  const nonce = freshNonces();
  let known = keys;

  async function find(id: string): Promise<SealingKey> {
    const has = () => known.find((one) => one.id === id);
    if (!has() && again) known = await again();
    const found = has();
    if (found) return found;
    throw new SealError(
      `A data key is wrapped by the key "${id}", which isn't in ${where}. ` +
        "Put it back behind the others; it can go after `keyhold keys rotate`.",
    );
  }

  const place = (id: string, boundTo: string) => `${VERSION}|${id}|${boundTo}`;

  return {
    async wrap(key, boundTo) {
      const [first] = known;
      if (!first) throw new Error("At least one sealing key is needed.");
      const text = encrypt(wrappingKey(first.key), nonce(), place(first.id, boundTo), key);
      return { by: first.id, wrapped: `${VERSION}|${text}` };
    },
    async unwrap({ by, wrapped }, boundTo) {
      const outside = await find(by);
      if (!wrapped.startsWith(`${VERSION}|`)) {
        throw new SealError("Not a wrapped key of a known version.");
      }
      const text = wrapped.slice(VERSION.length + 1);
      return decrypt(wrappingKey(outside.key), place(by, boundTo), text);
    },
    bareKeys: async () => known,
  };
}
