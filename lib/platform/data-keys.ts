import { randomBytes } from "node:crypto";
import { oldIndexKey } from "./bare-keys.ts";
import type { Db, Tx } from "./db.ts";
import { PATIENT } from "./db.ts";
import type { KeySource, WrappedKey } from "./key-source.ts";

/** What a data key is for; there is one of each in use. */
const PURPOSES = ["seal", "blind_index", "audit"] as const;
export type KeyPurpose = (typeof PURPOSES)[number];

/** As it stands in `data_keys`. */
export type DataKeyRow = { id: string; purpose: string; wrappedBy: string; wrapped: string };

export const KEY_BYTES = 32;
/** Who makes or changes data keys takes this lock for his transaction. */
const DATA_KEYS_LOCK = 7_418_530_001;

export const lockDataKeys = (tx: Tx) =>
  tx.$executeRaw`select pg_advisory_xact_lock(${DATA_KEYS_LOCK}::bigint)`;

/** The one in use. */
export const keyInUse = (db: Tx, purpose: KeyPurpose): Promise<DataKeyRow | null> =>
  db.dataKey.findFirst({ where: { purpose, retiredAt: null } });

export async function unwrapKey(source: KeySource, row: DataKeyRow): Promise<Buffer> {
  const { id, purpose, wrappedBy, wrapped } = row;
  return source.unwrap({ by: wrappedBy, wrapped }, boundTo(id, purpose));
}

/** @param key 32 bytes; random ones unless given */
export async function wrapNewKey(
  source: KeySource,
  purpose: KeyPurpose,
  key: Buffer = randomBytes(KEY_BYTES),
): Promise<DataKeyRow> {
  // Random, so that a key made after a restored backup has no name that another had.
  const id = randomBytes(4).toString("hex");
  const { by: wrappedBy, wrapped } = await wrapKey(source, { id, purpose }, key);
  return { id, purpose, wrappedBy, wrapped };
}

export const wrapKey = (
  source: KeySource,
  { id, purpose }: Pick<DataKeyRow, "id" | "purpose">,
  key: Buffer,
): Promise<WrappedKey> => source.wrap(key, boundTo(id, purpose));

const boundTo = (id: string, purpose: string): string => ["data_keys", id, purpose].join("|");

/**
 * Makes the first data keys where there are none; of several processes that start at once, one does.
 * An installation older than data keys goes on with the index key that its codes were stored with.
 */
export async function ensureDataKeys(db: Db, now: () => Date, source: KeySource): Promise<void> {
  const isMissing = async (tx: Tx, purpose: KeyPurpose) => (await keyInUse(tx, purpose)) === null;
  const missing = await Promise.all(PURPOSES.map((purpose) => isMissing(db, purpose)));
  if (!missing.includes(true)) return;
  await db.$transaction(async (tx) => {
    await lockDataKeys(tx);
    for (const purpose of PURPOSES) {
      if (!(await isMissing(tx, purpose))) continue;
      const key = purpose === "blind_index" ? await inheritedIndexKey(tx, source) : undefined;
      const row = await wrapNewKey(source, purpose, key);
      await tx.dataKey.create({ data: { ...row, createdAt: now() } });
    }
  }, PATIENT);
}

/** Where codes are stored already: rotation puts new keys in front, so the last one keyed their indexes. */
async function inheritedIndexKey(tx: Tx, source: KeySource): Promise<Buffer | undefined> {
  if ((await tx.code.findFirst({ select: { id: true } })) === null) return undefined;
  const last = (await source.bareKeys()).at(-1);
  return last && oldIndexKey(last.key);
}
