import { keyInUse, unwrapKey } from "#lib/platform/data-keys.ts";
import type { Db, Tx } from "#lib/platform/db.ts";
import { SealError } from "#lib/platform/gcm.ts";
import type { KeySource } from "#lib/platform/key-source.ts";

/** A key that entries are chained with. */
export type ChainKey = { id: string; key: Buffer };

/** The chain's keys as one process has them. */
export type ChainKeys = {
  /** The one to append with. @param last what the last entry was made with; another than ours makes us look again */
  current(tx: Tx, last: string): Promise<ChainKey>;
  /** Any of them by its id; null where there is no such key. Rejects with a `SealError` where it doesn't open. */
  find(id: string): Promise<Buffer | null>;
};

// On globalThis, since the web server bundles this file more than once.
const holder = globalThis as { keyholdChainKeys?: WeakMap<Db, ChainKeys> };
holder.keyholdChainKeys ??= new WeakMap();
const held = holder.keyholdChainKeys;

/** Whatever is appended by this client is chained with these keys. */
export function holdChainKeys(db: Db, keys: ChainKeys): void {
  held.set(db, keys);
}

export function chainKeysOf(db: Db): ChainKeys {
  const keys = held.get(db);
  if (keys) return keys;
  throw new Error("This process holds no keys of the audit chain: it has to call openChainKeys.");
}

/**
 * Opens the chain's keys for this client; they are data keys, wrapped by an outside key like those that
 * seal codes, so whoever has the database alone can't forge the chain. Rejects with a `SealError` where the
 * outside key isn't configured. The data keys have to be there (`ensureDataKeys`).
 */
export async function openChainKeys(db: Db, source: KeySource): Promise<ChainKeys> {
  const known = new Map<string, Buffer>();

  async function readCurrent(tx: Tx): Promise<ChainKey> {
    const row = await keyInUse(tx, "audit");
    if (!row) throw new Error("There is no data key for the audit chain.");
    const key = known.get(row.id) ?? (await unwrapKey(source, row));
    known.set(row.id, key);
    return { id: row.id, key };
  }

  let current = await readCurrent(db);
  const keys: ChainKeys = {
    async current(tx, last) {
      // Somebody has turned the key, or we have and he doesn't know yet: the database says which.
      if (last !== current.id) current = await readCurrent(tx);
      return current;
    },
    async find(id) {
      const found = known.get(id);
      if (found) return found;
      const row = await db.dataKey.findUnique({ where: { id } });
      if (row?.purpose !== "audit") return null;
      const key = await unwrapKey(source, row);
      known.set(id, key);
      return key;
    },
  };
  holdChainKeys(db, keys);
  return keys;
}

/** A fixed key, without a database: for tests and simulations. */
export function fixedChainKeys(...all: ChainKey[]): ChainKeys {
  const [first] = all;
  if (!first) throw new SealError("At least one key is needed.");
  return {
    current: async () => first,
    find: async (id) => all.find((one) => one.id === id)?.key ?? null,
  };
}
