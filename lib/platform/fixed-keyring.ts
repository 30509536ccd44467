import { bareSealingKey, oldIndexKey } from "./bare-keys.ts";
import { SealError } from "./gcm.ts";
import type { DataKey, Keyring } from "./keyring.ts";
import type { SealingKey } from "./sealing-keys.ts";

/**
 * Keys at hand, without a database: for tests, simulations and measurements.
 * @param keys data keys; the first seals, all of them open, the last keys the blind index
 * @param bare outside keys that sealed by themselves
 */
export function fixedKeyring(keys: readonly DataKey[], bare: readonly SealingKey[] = []): Keyring {
  const [current] = keys;
  const oldest = keys.at(-1);
  if (!current || !oldest) throw new Error("At least one data key is needed.");
  const find = async (all: readonly DataKey[], id: string): Promise<Buffer> => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new SealError(`There is no key ${id}.`);
    return found.key;
  };
  return {
    current: () => current,
    dataKey: (id) => find(keys, id),
    bareKey: async (id) => bareSealingKey(await find(bare, id)),
    indexKey: oldIndexKey(oldest.key),
    ready: async () => undefined,
  };
}
